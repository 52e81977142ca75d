package io.tidings.infrastructure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The broker settings that embedded and container Kafka share: one small broker that answers quickly. */
final class KafkaSettings {

    /** The listeners of an embedded broker. */
    static final String CLIENTS = "CLIENTS";

    static final String CONTROLLER = "CONTROLLER";

    private KafkaSettings() {}

    static Map<String, String> common() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("auto.create.topics.enable", "false");
        settings.put("metadata.max.idle.interval.ms", "10000");

        // One broker: nothing can be replicated, and few partitions will do for what Kafka keeps for itself.
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");

        // Groups settle at once, and a crashed member is replaced within seconds instead of 45.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        for (String kind : new String[] {"group.consumer", "group.share", "group.streams"}) {
            settings.put(kind + ".min.heartbeat.interval.ms", "500");
            settings.put(kind + ".heartbeat.interval.ms", "1000");
            settings.put(kind + ".min.session.timeout.ms", "3000");
            settings.put(kind + ".session.timeout.ms", "10000");
        }

        // Threads and memory for a laptop.
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.threads", "1");
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("log.cleaner.io.buffer.size", "65536");

        // Index files are memory-mapped at their full size: 10 MB for each partition, twice, were it not said here.
        settings.put("log.segment.bytes", String.valueOf(64 << 20));
        settings.put("log.index.size.max.bytes", String.valueOf(256 << 10));
        settings.put("offsets.topic.segment.bytes", String.valueOf(8 << 20));
        settings.put("transaction.state.log.segment.bytes", String.valueOf(8 << 20));
        settings.put("share.coordinator.state.topic.segment.bytes", String.valueOf(8 << 20));
        settings.put("metadata.log.segment.bytes", String.valueOf(16 << 20));
        return settings;
    }

    /** What makes an embedded broker ask everyone for a login, and go by access control lists. */
    static Map<String, String> logins(String superUser, Map<String, String> passwords) {
        String users = passwords.entrySet().stream()
                .map(login -> " user_%s=\"%s\"".formatted(login.getKey(), login.getValue()))
                .collect(Collectors.joining());
        String jaas =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\"%s;"
                        .formatted(superUser, passwords.get(superUser), users);
        Map<String, String> settings = new TreeMap<>();
        settings.put(
                "listener.security.protocol.map", "%s:SASL_PLAINTEXT,%s:SASL_PLAINTEXT".formatted(CLIENTS, CONTROLLER));
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put("sasl.mechanism.controller.protocol", "PLAIN");
        for (String listener : List.of(CLIENTS, CONTROLLER)) {
            settings.put("listener.name.%s.plain.sasl.jaas.config".formatted(listener.toLowerCase(Locale.ROOT)), jaas);
        }
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:" + superUser);
        return settings;
    }
}
