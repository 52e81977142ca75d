package io.tidings.scenarios;

import io.tidings.scenarios.doors.Answer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service has counted since it started, as it tells Prometheus. */
record Meters(String path, String text) {

    static String pathOf(String service) {
        return "/services/%s/actuator/prometheus".formatted(service);
    }

    static Meters in(Answer answer) {
        return new Meters(answer.path(), answer.body().asString(""));
    }

    /** @throws ScenarioException if there is no such counter */
    long counter(String name) {
        Matcher line =
                Pattern.compile("(?m)^%s(?:\\{.*})? (\\S+)$".formatted(name)).matcher(text);
        if (!line.find()) {
            throw new ScenarioException("%s does not tell of %s.".formatted(path, name));
        }
        return Math.round(Double.parseDouble(line.group(1)));
    }
}
