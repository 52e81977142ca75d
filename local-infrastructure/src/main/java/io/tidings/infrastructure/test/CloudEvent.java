package io.tidings.infrastructure.test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">CloudEvent
 * on Kafka</a>, in binary mode.
 *
 * @param key of the record
 * @param headers of the record, such as {@code ce_type}
 * @param data the record's value: JSON
 */
public record CloudEvent(String key, Map<String, String> headers, String data) {

    public CloudEvent {
        headers = Map.copyOf(headers);
    }

    /**
     * An event that happens now, with an id of its own.
     *
     * @param type such as {@code io.tidings.OrderPlaced.v2}
     */
    public static CloudEvent of(String type, String key, String data) {
        return new CloudEvent(
                key,
                Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_source",
                        "/someone-else",
                        "ce_type",
                        type,
                        "ce_subject",
                        key,
                        "ce_time",
                        Instant.now().toString(),
                        "content-type",
                        "application/json"),
                data);
    }

    static CloudEvent of(ConsumerRecord<String, String> read) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : read.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return new CloudEvent(read.key(), headers, read.value());
    }

    /** An attribute by its name in the specification, such as {@code id} or {@code correlationid}. */
    public @Nullable String attribute(String name) {
        return headers.get("ce_" + name);
    }

    /** The type without its namespace, such as {@code OrderPlaced.v2}; empty if it has none. */
    public String type() {
        String type = headers.getOrDefault("ce_type", "");
        return type.substring(type.lastIndexOf('.', type.lastIndexOf('.') - 1) + 1);
    }
}
