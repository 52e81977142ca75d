package io.tidings.benchmarks.harness;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
     * @param consumer that it brings, with an inbox
     */
    record Entrant(Contender contender, Kind kind, boolean tells, Duration patience, Optional<Contender> consumer) {

        Entrant(Contender contender, Kind kind, boolean tells, Duration patience) {
            this(contender, kind, tells, patience, Optional.empty());
        }
    }

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
                ours(),
                debezium("debezium", "Debezium embedded", Map.of(), "All settings of the engine at their defaults."),
                debezium(
                        "debezium-tuned",
                        "Debezium embedded, tuned",
                        Map.of(
                                "debezium.engine.[poll.interval.ms]", "1",
                                "debezium.engine.[max.batch.size]", "8192",
                                "debezium.engine.[max.queue.size]", "32768"),
                        "Looks for changes each millisecond instead of twice a second, and takes four times as many at once."),
                modulith(
                        "modulith",
                        "Spring Modulith",
                        Map.of(),
                        "`@Externalized`, JDBC; all settings at their defaults, but for those that make its table and send again at a restart what was left."),
                modulith(
                        "modulith-delete",
                        "Spring Modulith, completion by deletion",
                        Map.of("spring.modulith.events.completion-mode", "delete"),
                        "As before, and what was sent is deleted instead of marked."),
                modulith(
                        "modulith-ordered",
                        "Spring Modulith, ordered",
                        Map.of(
                                "spring.modulith.events.completion-mode", "delete",
                                "spring.modulith.events.externalization.serialize-externalization", "true",
                                "spring.task.execution.pool.core-size", "1",
                                "spring.task.execution.pool.max-size", "1"),
                        "As before, with one sender that sends one at a time."),
                library(
                        new Contender(
                                "namastack-tuned",
                                "Namastack Outbox, tuned",
                                "namastack",
                                "io.tidings.benchmarks.namastack.NamastackRelay",
                                List.of("namastack-outbox-core", "spring-kafka"),
                                Map.of(
                                        "namastack.outbox.polling.fixed.interval", "10ms",
                                        "namastack.outbox.polling.batch-size", "1000",
                                        "namastack.outbox.processing.delete-completed-records", "true",
                                        "namastack.outbox.processing.executor-core-pool-size", "16",
                                        "namastack.outbox.processing.executor-max-pool-size", "16"),
                                "A handler that sends and waits. At its defaults it takes ten keys each 2 s, which is 5 new orders a second and is not measured. Used by itself: its integration into Spring Modulith is not in the registry."),
                        Duration.ofSeconds(90)),
                library(
                        gruelbox(
                                "gruelbox",
                                "Gruelbox Transaction Outbox",
                                Map.of(),
                                "A scheduled call that sends and waits, and a thread that flushes each minute, as its documentation has it. What does not fit its queue of 16,384 is tried again after 2 minutes."),
                        Duration.ofSeconds(200)),
                library(
                        gruelbox(
                                "gruelbox-tuned",
                                "Gruelbox Transaction Outbox, tuned",
                                Map.of(
                                        "gruelbox.threads", "16",
                                        "gruelbox.retry-after", "10s",
                                        "gruelbox.flush-every", "1s"),
                                "16 threads that send, a queue that takes all, and retries after 10 s."),
                        Duration.ofSeconds(60)),
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

    /** Tidings' relay, as it comes. */
    static Entrant ours() {
        return new Entrant(
                new Contender(
                        TIDINGS,
                        "Tidings",
                        "tidings",
                        "io.tidings.benchmarks.tidings.TidingsRelay",
                        List.of("event-bus", "kafka-clients"),
                        Map.of("spring.flyway.baseline-on-migrate", "true"),
                        "`EventBus.publish` in the transaction; the bus of this commit, all its settings at their defaults."),
                Kind.OURS,
                true,
                SOON,
                Optional.of(ConsumerContenders.ours()));
    }

    private static Entrant library(Contender contender, Duration patience) {
        return new Entrant(contender, Kind.LIBRARY, true, patience);
    }

    private static Entrant modulith(String id, String title, Map<String, String> settings, String remark) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("spring.modulith.events.jdbc.schema-initialization.enabled", "true");
        all.put("spring.modulith.events.republish-outstanding-events-on-restart", "true");
        all.put("spring.kafka.producer.value-serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        return library(
                new Contender(
                        id,
                        title,
                        "modulith",
                        "io.tidings.benchmarks.modulith.ModulithRelay",
                        List.of("spring-modulith-events-core", "spring-kafka"),
                        all,
                        remark),
                Duration.ofSeconds(60));
    }

    private static Contender gruelbox(String id, String title, Map<String, String> settings, String remark) {
        return new Contender(
                id,
                title,
                "gruelbox",
                "io.tidings.benchmarks.gruelbox.GruelboxRelay",
                List.of("transactionoutbox-core", "spring-kafka"),
                settings,
                remark);
    }

    private static Entrant debezium(String id, String title, Map<String, String> settings, String remark) {
        return new Entrant(
                new Contender(
                        id,
                        title,
                        "debezium",
                        "io.tidings.benchmarks.debezium.DebeziumRelay",
                        List.of("debezium-embedded", "spring-kafka"),
                        settings,
                        "An outbox table, `pgoutput`, the outbox event router, and a consumer that sends each batch at once and waits for it. "
                                + remark),
                Kind.LOG,
                true,
                Duration.ofSeconds(60));
    }
}
