package io.tidings.benchmarks.harness;

import java.util.List;
import java.util.Map;

/** Who competes in {@code saga}: the same shop, once as it comes and once set to the way that samples usually go. */
final class ShopContenders {

    static final String TIDINGS = "tidings";
    static final String USUAL = "usual";

    private ShopContenders() {}

    static List<Contender> all() {
        return List.of(tidings(), usual());
    }

    static Contender tidings() {
        return shop(TIDINGS, "Tidings", Map.of(), "All ten services as they come.");
    }

    private static Contender usual() {
        return shop(
                USUAL,
                "The same shop, the usual way",
                Map.of(
                        "tidings.outbox.wake", "false",
                        "tidings.outbox.poll-interval", "1s",
                        "tidings.consumer.maximum-batch", "1",
                        "tidings.consumer.rest", "0ms",
                        "tidings.shared-transactions.maximum-batch", "1"),
                "The same code, but every record and every request is a transaction of its own, and every outbox is looked at once a second; a look takes up to 1,000 messages, and goes on at once while there are more.");
    }

    private static Contender shop(String id, String title, Map<String, String> settings, String remark) {
        return new Contender(
                id,
                title,
                "shop",
                "io.tidings.allinone.TidingsApplication",
                List.of("spring-boot", "spring-kafka", "kafka-clients", "hibernate-core", "postgresql"),
                settings,
                remark);
    }
}
