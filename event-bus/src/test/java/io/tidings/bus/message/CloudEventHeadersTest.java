package io.tidings.bus.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventHeadersTest {

    private static final byte[] PAYLOAD = {'{', '}'};
    private static final Instant STORED = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void an_envelope_is_read_as_it_was_written() {
        var envelope = new Envelope(
                TimeOrderedId.next(),
                "notes",
                "notebook",
                "io.tidings.NoteTaken.v1",
                "/note-service",
                Instant.parse("2026-01-01T00:00:00.123456Z"),
                "flow",
                "cause",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                Map.of("dead-letter-reason", "none"),
                PAYLOAD);

        Map<String, String> headers = CloudEventHeaders.write(envelope);

        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_subject", "notebook")
                .containsEntry("ce_dataschema", "urn:io.tidings:schemas:NoteTaken:v1")
                .containsEntry("content-type", "application/json");
        assertThat(CloudEventHeaders.read("notes", "0/1", "notebook", headers, PAYLOAD, STORED))
                .isEqualTo(envelope);
    }

    @Test
    void a_record_without_headers_becomes_an_envelope_without_a_type_that_is_the_same_each_time() {
        Envelope first = CloudEventHeaders.read("notes", "0/1", null, Map.of(), PAYLOAD, STORED);
        Envelope again = CloudEventHeaders.read("notes", "0/1", null, Map.of(), PAYLOAD, STORED);
        Envelope next = CloudEventHeaders.read("notes", "0/2", null, Map.of(), PAYLOAD, STORED);

        assertThat(first.type()).isEmpty();
        assertThat(first.time()).isEqualTo(STORED);
        assertThat(first.id()).isEqualTo(again.id()).isNotEqualTo(next.id());
    }

    @Test
    void an_id_that_is_no_uuid_is_unique_together_with_its_source() {
        UUID one = idOf("/one", "17");

        assertThat(one).isEqualTo(idOf("/one", "17")).isNotEqualTo(idOf("/other", "17"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-28-17-3", "1-1-1-1-1", "18f0000-0000-7000-80000-000000000001"})
    void an_id_that_only_looks_like_a_uuid_is_unique_together_with_its_source(String id) {
        UUID one = idOf("/one", id);

        assertThat(one).isEqualTo(idOf("/one", id)).isNotEqualTo(idOf("/other", id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "018f0000-0000-7000-8000-000000000001",
                "018F0000-0000-7000-8000-00000000000A",
                "6f1c1f5e-3f0b-4d8a-9f7e-2b1a5c6d7e8f"
            })
    void a_uuid_stays_as_it_is_whoever_gave_it_so_that_causes_and_copies_are_known_by_it(String id) {
        assertThat(idOf("/one", id)).isEqualTo(idOf("/other", id)).isEqualTo(UUID.fromString(id));
    }

    @Test
    void what_is_read_of_another_systems_message_has_the_same_id_when_it_is_written_and_read_again() {
        Map<String, String> headers = Map.of("ce_id", "17", "ce_source", "/one", "ce_type", "org.example.Weather.v1");
        Envelope first = CloudEventHeaders.read("notes", "0/1", "key", headers, PAYLOAD, STORED);

        Map<String, String> written = CloudEventHeaders.write(first);

        assertThat(CloudEventHeaders.read("notes.dlt", "4/2", "key", written, PAYLOAD, STORED)
                        .id())
                .isEqualTo(first.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void an_id_that_is_blank_is_none_so_that_two_of_one_source_are_two_messages(String id) {
        Map<String, String> headers = Map.of("ce_id", id, "ce_source", "/one");
        Envelope first = CloudEventHeaders.read("notes", "0/1", "key", headers, PAYLOAD, STORED);
        Envelope again = CloudEventHeaders.read("notes", "0/1", "key", headers, PAYLOAD, STORED);
        Envelope next = CloudEventHeaders.read("notes", "0/2", "key", headers, PAYLOAD, STORED);

        assertThat(first.id()).isEqualTo(again.id()).isNotEqualTo(next.id());
    }

    private static UUID idOf(String source, String id) {
        return CloudEventHeaders.read("notes", "0/1", "key", Map.of("ce_id", id, "ce_source", source), PAYLOAD, STORED)
                .id();
    }

    @Test
    void ids_of_two_sources_are_different_wherever_the_slash_is() {
        assertThat(idOf("/shop", "orders/17")).isNotEqualTo(idOf("/shop/orders", "17"));
    }

    @Test
    void a_time_with_an_offset_is_one() {
        Envelope read = CloudEventHeaders.read(
                "orders",
                "0/1",
                "key",
                Map.of(
                        "ce_id", "018f0000-0000-7000-8000-000000000001",
                        "ce_time", "2026-11-28T13:00:00.5+01:00"),
                new byte[0],
                Instant.EPOCH);

        assertThat(read.time()).isEqualTo(Instant.parse("2026-11-28T12:00:00.5Z"));
    }
}
