package io.tidings.scenarios.narration;

import java.util.List;

/** Hears of everything while scenarios are played, in the order in which it happens. */
public interface Narrator {

    void begins(String scenario, String title, String pattern);

    void tells(Step step);

    void ends(Performance performance);

    /** After the last scenario. */
    void sumsUp(List<Performance> performances);

    /** Tells nobody; the performances say it all. */
    static Narrator silent() {
        return new Narrator() {
            @Override
            public void begins(String scenario, String title, String pattern) {}

            @Override
            public void tells(Step step) {}

            @Override
            public void ends(Performance performance) {}

            @Override
            public void sumsUp(List<Performance> performances) {}
        };
    }
}
