package io.tidings.infrastructure.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidings.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicTest {

    private final String servers = Infrastructure.shared().kafkaBootstrapServers();
    private final Topic topic = new Topic("parcels-" + UUID.randomUUID());

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(topic.name(), Optional.of(2), Optional.empty())))
                    .all()
                    .get();
        }
    }

    @Test
    void events_are_read_as_they_were_sent_in_the_order_of_their_key() {
        CloudEvent first = CloudEvent.of("io.tidings.ParcelPacked.v1", "parcel-1", "{\"weight\": 7}");
        CloudEvent second = CloudEvent.of("io.tidings.ParcelLost.v12", "parcel-1", "{}");
        CloudEvent other = CloudEvent.of("io.tidings.ParcelPacked.v1", "parcel-2", "{}");

        topic.send(first, other, second);

        assertThat(topic.eventsOf("parcel-1")).containsExactly(first, second);
        assertThat(topic.eventsOf("parcel-1"))
                .extracting(CloudEvent::type)
                .containsExactly("ParcelPacked.v1", "ParcelLost.v12");
        assertThat(topic.events()).hasSize(3);
        assertThat(Topic.header(topic.recordsOf("parcel-2").getFirst(), "ce_id"))
                .isEqualTo(other.attribute("id"));
    }

    @Test
    void a_topic_that_is_not_there_holds_nothing() {
        assertThat(new Topic("never-made").records()).isEmpty();
    }

    @Test
    void to_wait_for_a_reader_ends_when_its_group_has_committed_all() throws Exception {
        topic.send(CloudEvent.of("io.tidings.ParcelPacked.v1", "parcel-1", "{}"));
        topic.send(CloudEvent.of("io.tidings.ParcelPacked.v1", "parcel-2", "{}"));

        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> topic.awaitReadBy("carrier"));

        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS));
        readAllAs("carrier");
        waiting.get(10, TimeUnit.SECONDS);
    }

    private void readAllAs(String group) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "group.id", group, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic.name()));
            for (int read = 0; read < 2; ) {
                read += consumer.poll(Duration.ofMillis(100)).count();
            }
            consumer.commitSync();
        }
    }
}
