package io.tidings.scenarios.narration;

import java.io.Console;
import java.util.Map;

/** Text that stands out, where that can be seen (see <a href="https://no-color.org">no-color.org</a>). */
public enum Colours {
    NONE,
    ANSI;

    /** Colours if the output is a terminal and nobody asked for none. */
    public static Colours ofThisTerminal() {
        Console console = System.console();
        return of(console != null && console.isTerminal(), System.getenv());
    }

    static Colours of(boolean terminal, Map<String, String> environment) {
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || "dumb".equals(environment.getOrDefault("TERM", ""));
        return terminal && !unwanted ? ANSI : NONE;
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String faint(String text) {
        return paint("2", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    private String paint(String code, String text) {
        return this == NONE || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
    }
}
