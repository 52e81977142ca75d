package io.tidings.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeDraft;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvelopeDeserializerTest {

    private static final String ID = "018f0000-0000-7000-8000-000000000001";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Instant STORED = Instant.parse("2026-01-02T03:04:05Z");

    private final EnvelopeDeserializer deserializer = new EnvelopeDeserializer();

    @Test
    void what_is_written_of_the_event_is_read_and_taken_off_and_what_others_wrote_stays() {
        Headers headers = headers();
        headers.add("traceparent", bytes(TRACE));
        headers.add("team", bytes("harbour"));

        Envelope read = KafkaRecords.toEnvelope(recordOf(headers, bytes("{}")));

        assertThat(read)
                .isEqualTo(new Envelope(
                        UUID.fromString(ID),
                        "notes",
                        "notebook",
                        "io.tidings.NoteTaken.v1",
                        "/note-service",
                        Instant.parse("2026-01-01T00:00:00Z"),
                        "flow",
                        "cause",
                        TRACE,
                        Map.of("team", "harbour", "ce_priority", "high"),
                        read.payload()));
        assertThat(read.payload()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        assertThat(headers.toArray()).extracting(Header::key).containsExactly("traceparent", "team");
    }

    @Test
    void a_record_that_is_given_again_says_the_same_again() {
        ConsumerRecord<String, EnvelopeDraft> told = recordOf(headers(), bytes("{}"));
        ConsumerRecord<String, EnvelopeDraft> withoutId = recordOf(new RecordHeaders(), bytes("{}"));

        assertThat(KafkaRecords.toEnvelope(told)).isEqualTo(KafkaRecords.toEnvelope(told));
        assertThat(KafkaRecords.toEnvelope(withoutId)).isEqualTo(KafkaRecords.toEnvelope(withoutId));
    }

    @Test
    void a_record_without_a_value_is_known_by_its_headers_each_time_it_is_given() {
        ConsumerRecord<String, EnvelopeDraft> told = recordOf(headers(), null);

        for (int time = 1; time <= 2; time++) {
            Envelope read = KafkaRecords.toEnvelope(told);
            assertThat(read.id()).hasToString(ID);
            assertThat(read.type()).isEqualTo("io.tidings.NoteTaken.v1");
            assertThat(read.payload()).isEmpty();
        }
    }

    @Test
    void of_several_headers_of_a_name_the_last_that_has_a_value_counts() {
        Headers headers = headers();
        headers.add("ce_source", bytes("/other-service"));
        headers.add("ce_source", null);

        Envelope read = KafkaRecords.toEnvelope(recordOf(headers, bytes("{}")));

        assertThat(read.source()).isEqualTo("/other-service");
    }

    private static Headers headers() {
        Headers headers = new RecordHeaders();
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", ID,
                        "ce_source", "/note-service",
                        "ce_type", "io.tidings.NoteTaken.v1",
                        "ce_subject", "notebook",
                        "ce_time", "2026-01-01T00:00:00Z",
                        "ce_correlationid", "flow",
                        "ce_causationid", "cause",
                        "ce_priority", "high",
                        "content-type", "application/json")
                .forEach((name, text) -> headers.add(name, bytes(text)));
        return headers;
    }

    /** As Kafka's client makes it: it gives values that are there to the deserializer, and the headers with them. */
    private ConsumerRecord<String, EnvelopeDraft> recordOf(Headers headers, byte @Nullable [] value) {
        EnvelopeDraft draft = value == null ? null : deserializer.deserialize("notes", headers, value);
        return new ConsumerRecord<>(
                "notes",
                3,
                7,
                STORED.toEpochMilli(),
                TimestampType.CREATE_TIME,
                8,
                value == null ? 0 : value.length,
                "notebook",
                draft,
                headers,
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
