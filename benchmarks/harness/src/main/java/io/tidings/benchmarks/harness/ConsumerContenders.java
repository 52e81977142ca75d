package io.tidings.benchmarks.harness;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who competes in {@code consumer}, and how each is used. */
final class ConsumerContenders {

    static final String TIDINGS = "tidings";
    static final String COPY = "copy";
    static final String ONE_THREAD = "listener-1";
    static final String SIX_THREADS = "listener-6";

    private static final String INTERCEPTOR = "spring.kafka.consumer.properties.interceptor.classes";

    /**
     * @param listens to a topic
     * @param slow so that a quarter of the events is enough to warm it up
     */
    record Entrant(Contender contender, boolean listens, boolean slow) {}

    private ConsumerContenders() {}

    static List<Entrant> all() {
        return List.of(
                new Entrant(
                        new Contender(
                                COPY,
                                "COPY: the database's limit",
                                "tidings",
                                "io.tidings.benchmarks.tidings.Copy",
                                List.of("postgresql"),
                                Map.of(),
                                "One `COPY … FROM STDIN` in one transaction."),
                        false,
                        false),
                new Entrant(ours(), true, false),
                tidings(
                        "tidings-2",
                        "Tidings, two consumers",
                        "TidingsConsumer",
                        Map.of("tidings.consumer.concurrency", "2"),
                        "The same with `concurrency` 2."),
                tidings(
                        "tidings-3",
                        "Tidings, three consumers",
                        "TidingsConsumer",
                        Map.of("tidings.consumer.concurrency", "3"),
                        "The same with `concurrency` 3."),
                tidings(
                        "tidings-plain",
                        "Tidings, a statement an event",
                        "TidingsPlainConsumer",
                        Map.of(),
                        "A typed handler that inserts its row, and knows nothing of batches."),
                listener(ONE_THREAD, "@KafkaListener and inbox, one thread", "JdbcListener", 1, "JdbcTemplate"),
                listener(SIX_THREADS, "@KafkaListener and inbox, six threads", "JdbcListener", 6, "JdbcTemplate"),
                listener("listener-jpa", "@KafkaListener and inbox, JPA, one thread", "JpaListener", 1, "JPA"));
    }

    /** Tidings' consumer, as it comes. */
    static Contender ours() {
        return tidings(
                        TIDINGS,
                        "Tidings",
                        "TidingsConsumer",
                        Map.of(),
                        "A typed handler that writes a batch's rows in `@BeforeBatch`, with one statement; all settings of the bus at their defaults.")
                .contender();
    }

    private static Entrant tidings(
            String id, String title, String mainClass, Map<String, String> settings, String remark) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("spring.flyway.baseline-on-migrate", "true");
        return listening(
                new Contender(
                        id,
                        title,
                        "tidings",
                        "io.tidings.benchmarks.tidings." + mainClass,
                        List.of("event-bus", "spring-kafka", "kafka-clients"),
                        all,
                        remark),
                false);
    }

    private static Entrant listener(String id, String title, String mainClass, int threads, String by) {
        return listening(
                new Contender(
                        id,
                        title,
                        "usual-listener",
                        "io.tidings.benchmarks.usual." + mainClass,
                        List.of("spring-kafka", "kafka-clients", "hibernate-core"),
                        Map.of(
                                "spring.kafka.listener.concurrency", Integer.toString(threads),
                                "spring.kafka.consumer.group-id", "order-service",
                                "spring.kafka.consumer.auto-offset-reset", "earliest",
                                "spring.jpa.open-in-view", "false"),
                        "A record at a time: note the event in the inbox and write the row by %s, in one transaction."
                                .formatted(by)),
                true);
    }

    private static Entrant listening(Contender contender, boolean slow) {
        Map<String, String> settings = new TreeMap<>(contender.settings());
        settings.put(INTERCEPTOR, "io.tidings.benchmarks.contender.Gate");
        return new Entrant(
                new Contender(
                        contender.id(),
                        contender.title(),
                        contender.module(),
                        contender.mainClass(),
                        contender.libraries(),
                        settings,
                        contender.remark()),
                true,
                slow);
    }
}
