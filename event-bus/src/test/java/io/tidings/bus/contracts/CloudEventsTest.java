package io.tidings.bus.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import io.tidings.bus.EventMetadata;
import io.tidings.bus.flow.Flow;
import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.NoteHandlers;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.bus.notes.Notebooks;
import io.tidings.infrastructure.test.Topic;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Others who know CloudEvents can read our messages, and write some: shown with the SDK of the specification's authors. */
@BusTest
class CloudEventsTest {

    private static final Topic NOTES = new Topic("notes");
    private static final Topic DEAD_LETTERS = new Topic("note-service.dlt");

    @Autowired
    Notebooks notebooks;

    @Autowired
    NoteHandlers handlers;

    @Test
    void the_official_reader_takes_our_messages() {
        // given
        String notebook = notebooks.anyName();

        // when
        Flow.begin("a-flow", null).run(() -> notebooks.take(notebook, "for all to read"));

        // then
        ConsumerRecord<String, String> told = NOTES.awaitRecord(notebook, any -> true);
        CloudEvent event;
        try (CloudEventDeserializer reader = new CloudEventDeserializer()) {
            event = reader.deserialize("notes", told.headers(), told.value().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(UUID.fromString(event.getId()).version()).isEqualTo(7);
        assertThat(event.getType()).isEqualTo("io.tidings.NoteTaken.v1");
        assertThat(event.getSource()).isEqualTo(URI.create("/note-service"));
        assertThat(event.getSubject()).isEqualTo(notebook);
        assertThat(event.getTime()).isBeforeOrEqualTo(OffsetDateTime.now());
        assertThat(event.getDataSchema()).isEqualTo(URI.create("urn:io.tidings:schemas:NoteTaken:v1"));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtension("correlationid")).isEqualTo("a-flow");
        assertThat(event.getData().toBytes()).asString().contains("for all to read");
    }

    @Test
    void we_take_messages_of_the_official_writer_in_either_mode() {
        String notebook = notebooks.anyName();

        send(event(notebook, 1, "in binary mode"), Encoding.BINARY);
        send(event(notebook, 2, "in structured mode"), Encoding.STRUCTURED);

        notebooks.awaitApplied(notebook, 1, 2);
        assertThat(handlers.metadataOf(new NoteTaken(notebook, 2, "in structured mode")))
                .extracting(EventMetadata::source, EventMetadata::correlationId)
                .containsExactly("/elsewhere", "their-flow");
    }

    @Test
    void a_message_that_says_it_is_structured_and_is_not_becomes_a_dead_letter() {
        String notebook = notebooks.anyName();

        NOTES.send(
                notebook,
                "no JSON".getBytes(StandardCharsets.UTF_8),
                Map.of("content-type", "application/cloudevents+json; charset=UTF-8"));

        assertThat(Topic.header(DEAD_LETTERS.awaitRecord(notebook, any -> true), "dead-letter-reason"))
                .contains("no CloudEvent");
    }

    private static CloudEvent event(String notebook, int page, String text) {
        return CloudEventBuilder.v1()
                .withId(UUID.randomUUID().toString())
                .withSource(URI.create("/elsewhere"))
                .withType("com.example.NoteTaken.v1")
                .withSubject(notebook)
                .withTime(OffsetDateTime.now())
                .withExtension("correlationid", "their-flow")
                .withData(
                        "application/json",
                        "{\"notebook\": \"%s\", \"page\": %d, \"text\": \"%s\"}"
                                .formatted(notebook, page, text)
                                .getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static void send(CloudEvent event, Encoding encoding) {
        try (CloudEventSerializer writer = new CloudEventSerializer()) {
            writer.configure(
                    Map.of(
                            CloudEventSerializer.ENCODING_CONFIG,
                            encoding,
                            CloudEventSerializer.EVENT_FORMAT_CONFIG,
                            JsonFormat.CONTENT_TYPE),
                    false);
            RecordHeaders headers = new RecordHeaders();
            byte[] value = writer.serialize("notes", headers, event);
            Map<String, String> texts = new HashMap<>();
            headers.forEach(header -> texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            NOTES.send(event.getSubject(), value, texts);
        }
    }
}
