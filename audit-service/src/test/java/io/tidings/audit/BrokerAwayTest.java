package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.audit.domain.replay.ReplayOrder;
import io.tidings.audit.domain.replay.Replays;
import io.tidings.bus.message.ReplayedMessage;
import io.tidings.infrastructure.Infrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** What callers of replays see while the broker is away. */
class BrokerAwayTest extends AuditServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration IN_TIME = Duration.ofSeconds(8);

    /** Without waiting for who works on the replay. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final String target = "target-" + UUID.randomUUID();
    private final Infrastructure infrastructure = Infrastructure.shared();

    @Autowired
    Replays replays;

    @Test
    void while_the_broker_is_away_replays_can_be_paused_and_canceled_and_who_orders_one_is_told_to_come_back() {
        // given one whose target has yet to take what was sent
        String replay = "/replays/"
                + replays.order(new ReplayOrder(
                                target, true, List.of(), List.of(), List.of(), null, null, null, null, false))
                        .orElseThrow()
                        .replayId();
        await().atMost(PATIENCE).until(() -> phaseOf(replay).equals("catching_up"));
        infrastructure.interruptKafka();
        try {
            // when
            Instant asked = Instant.now();
            ResponseEntity<String> order = post("/replays", "{\"target\": \"search-service\"}");
            // then
            assertThat(Duration.between(asked, Instant.now())).isLessThan(IN_TIME);
            assertThat(order.getStatusCode().value()).isEqualTo(503);
            assertThat(order.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
            assertThat(order.getBody()).contains("Kafka does not").doesNotContain("Exception");
            // and
            for (String change : List.of("/pause", "/resume", "/cancel")) {
                asked = Instant.now();
                assertThat(post(replay + change, "{}").getStatusCode().value()).isEqualTo(200);
                assertThat(Duration.between(asked, Instant.now())).isLessThan(AT_ONCE);
            }
            assertThat(phaseOf(replay)).isEqualTo("canceling");
        } finally {
            infrastructure.resumeKafka();
        }
        await().atMost(PATIENCE).until(() -> {
            takeAll();
            return phaseOf(replay).equals("canceled");
        });
        await().atMost(PATIENCE)
                .until(() -> answer(HttpMethod.GET, "/actuator/health", "")
                        .getStatusCode()
                        .is2xxSuccessful());
    }

    private String phaseOf(String replay) {
        return get(replay).get("phase").asString();
    }

    private ResponseEntity<String> post(String path, String body) {
        return answer(HttpMethod.POST, path, body);
    }

    private ResponseEntity<String> answer(HttpMethod method, String path, String body) {
        return http().method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .onStatus(status -> true, (request, response) -> {})
                .toEntity(String.class);
    }

    /** As the target would. */
    private void takeAll() {
        String topic = ReplayedMessage.topicOf(target);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        infrastructure.kafkaBootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        topic),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.commitSync(consumer.endOffsets(partitions).entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue()))));
        }
    }
}
