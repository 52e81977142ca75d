package io.tidings.benchmarks.harness;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Who competes in {@code relay}, and how each is used. */
final class RelayContenders {

    static final String TIDINGS = "tidings";
    static final String NO_EVENT = "no-event";

    private static final Duration SOON = Duration.ofSeconds(20);

    /** What kind of contender one is. */
    enum Kind {
        OURS,
        /** An outbox that a library keeps and empties. */
        LIBRARY,
        /** Whoever reads the database's log. */
        LOG,
        /** What nobody should use, or could: for scale. */
        SCALE
    }

    /**
     * @param tells whether there are events
     * @param patience how long after a crash everything may take that is not lost
     */
    record Entrant(Contender contender, Kind kind, boolean tells, Duration patience) {}

    private RelayContenders() {}

    static List<Entrant> all() {
        return List.of(
                new Entrant(
                        new Contender(
                                NO_EVENT,
                                "no event: the database's limit",
                                "tidings",
                                "io.tidings.benchmarks.tidings.NoEvent",
                                List.of("spring-jdbc", "postgresql"),
                                Map.of(),
                                "The same transaction, and nothing is told."),
                        Kind.SCALE,
                        false,
                        Duration.ZERO),
                new Entrant(
                        new Contender(
                                TIDINGS,
                                "Tidings",
                                "tidings",
                                "io.tidings.benchmarks.tidings.TidingsRelay",
                                List.of("event-bus", "kafka-clients"),
                                Map.of("spring.flyway.baseline-on-migrate", "true"),
                                "`EventBus.publish` in the transaction; all settings of the bus at their defaults."),
                        Kind.OURS,
                        true,
                        SOON),
                new Entrant(
                        new Contender(
                                "send-after-commit",
                                "send after commit, no outbox (unsafe)",
                                "tidings",
                                "io.tidings.benchmarks.tidings.SendAfterCommit",
                                List.of("spring-kafka", "kafka-clients"),
                                Map.of(),
                                "`KafkaTemplate.send` after the commit, and nothing is kept that could be sent again."),
                        Kind.SCALE,
                        true,
                        Duration.ofSeconds(5)));
    }
}
