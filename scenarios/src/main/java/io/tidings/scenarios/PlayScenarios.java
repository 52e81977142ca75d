package io.tidings.scenarios;

import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.Patience;
import io.tidings.scenarios.narration.Narrator;
import io.tidings.scenarios.narration.Performance;
import io.tidings.scenarios.narration.TextNarrator;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Plays scenarios, those that are named or all, against the system behind {@code TIDINGS_GATEWAY} (default
 * {@code http://localhost:8080}), whose mails are read at {@code TIDINGS_MAILBOX} (default {@code http://localhost:8025}).
 * Exits with 0 if all passed, 1 if one failed, 2 if it was asked for something that is not there.
 */
public final class PlayScenarios {

    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private PlayScenarios() {}

    public static void main(String... names) {
        System.exit(play(List.of(names), System.getenv(), Patience.usual(), TextNarrator.onStandardOutput()));
    }

    static int play(List<String> names, Map<String, String> environment, Patience patience, Narrator narrator) {
        List<Scenario> scenarios;
        URI gatewayAddress;
        URI mailboxAddress;
        try {
            scenarios = Scenarios.named(names);
            gatewayAddress = address(environment, "TIDINGS_GATEWAY", "http://localhost:8080");
            mailboxAddress = address(environment, "TIDINGS_MAILBOX", "http://localhost:8025");
        } catch (IllegalArgumentException misuse) {
            System.err.println(misuse.getMessage());
            return MISUSED;
        }
        try (Door gateway = Door.gateway(gatewayAddress);
                Door mailbox = Door.mailbox(mailboxAddress)) {
            List<Performance> performances = new ScenarioPlayer(gateway, mailbox, patience, narrator).play(scenarios);
            return performances.stream().allMatch(Performance::passed) ? PASSED : FAILED;
        }
    }

    private static URI address(Map<String, String> environment, String variable, String usual) {
        String given = environment.getOrDefault(variable, usual);
        if (!given.matches("https?://[^/\\s]+.*")) {
            throw new IllegalArgumentException("%s must look like %s, and not '%s'.".formatted(variable, usual, given));
        }
        return URI.create(given);
    }
}
