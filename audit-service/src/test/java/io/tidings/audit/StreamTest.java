package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.message.Envelope;
import io.tidings.events.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StreamTest extends AuditServiceTest {

    @Test
    void messages_are_told_as_they_are_recorded() {
        // given
        Envelope placed = Kafka.message(Topics.ORDERS, someKey(), "io.tidings.OrderPlaced.v2", """
                {
                  "note": "für Zoë"
                }
                """);
        try (Client client = watch("key=" + placed.key())) {
            // when
            Kafka.tell(placed);
            // then
            await().until(() -> client.events().size() == 1);
            assertThat(client.events().getFirst())
                    .isEqualTo(eventsOf(placed.key()).getFirst());
            assertThat(client.events().getFirst().get("data").get("note").asString())
                    .isEqualTo("für Zoë");
            assertThat(client.lines()).contains("id:" + placed.id());
        }
    }

    @Test
    void only_messages_that_pass_the_filter_are_told() {
        // given
        String key = someKey();
        Envelope placed = Kafka.message(Topics.ORDERS, key, "io.tidings.OrderPlaced.v2", "{}");
        Envelope completed = Kafka.message(Topics.ORDERS, key, "io.tidings.OrderCompleted.v1", "{}");
        Envelope ofOther = Kafka.message(Topics.ORDERS, someKey(), "io.tidings.OrderCompleted.v1", "{}");
        try (Client ofName = watch("type=OrderCompleted&key=" + key);
                Client ofType = watch("type=io.tidings.OrderPlaced.v2&key=" + key);
                Client ofFlow = watch("correlationId=" + ofOther.correlationId())) {
            // when
            Stream.of(placed, completed, ofOther).forEach(Kafka::tell);
            // then
            await().until(() -> !ofName.events().isEmpty()
                    && !ofType.events().isEmpty()
                    && !ofFlow.events().isEmpty());
            assertThat(ofName.ids()).containsExactly(completed.id().toString());
            assertThat(ofType.ids()).containsExactly(placed.id().toString());
            assertThat(ofFlow.ids()).containsExactly(ofOther.id().toString());
        }
    }

    @Test
    void a_client_that_does_not_read_is_dropped_and_holds_nobody_up() throws IOException {
        // given
        String key = someKey();
        int count = 3_000;
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            deaf.connect(new InetSocketAddress("127.0.0.1", port));
            deaf.getOutputStream()
                    .write("GET /events/stream?key=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .formatted(key)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(deaf.getInputStream().read()).isEqualTo('H');
            // when
            String payload = "\"%s\"".formatted("x".repeat(5_000));
            IntStream.range(0, count)
                    .forEach(number ->
                            Kafka.tell(Kafka.message(Topics.ORDERS, key, "io.tidings.OrderPlaced.v2", payload)));
            // then
            await().atMost(Duration.ofSeconds(20)).until(() -> recorded(key) == count);
            String read = new String(deaf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(read).contains(":You read more slowly than messages come");
            assertThat(read.split("data:")).hasSizeLessThan(count);
        }
    }

    private int recorded(String key) {
        return database.sql("select count(*) from audit_event where key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    /** Reads a stream of server-sent events. */
    private static final class Client implements AutoCloseable {

        private final HttpClient http = HttpClient.newHttpClient();
        private final List<String> lines = new CopyOnWriteArrayList<>();

        private Client(URI uri) {
            http.sendAsync(
                            HttpRequest.newBuilder(uri)
                                    .header("Accept", "text/event-stream")
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .thenAccept(response -> response.body().forEach(lines::add));
            await().until(() -> !lines.isEmpty());
        }

        List<String> lines() {
            return lines;
        }

        /** By the rules for event streams: the data of an event are its lines, joined. */
        List<JsonNode> events() {
            return Stream.of(String.join("\n", lines).split("\n\n"))
                    .map(event -> event.lines()
                            .filter(line -> line.startsWith("data:"))
                            .map(line -> line.substring("data:".length()))
                            .reduce((one, next) -> one + "\n" + next))
                    .flatMap(data -> data.filter(Client::isWhole).stream())
                    .map(JsonMapper.shared()::readTree)
                    .toList();
        }

        private static boolean isWhole(String data) {
            return data.stripTrailing().endsWith("}");
        }

        List<String> ids() {
            return events().stream()
                    .map(event -> event.get("eventId").asString())
                    .toList();
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }

    private Client watch(String query) {
        return new Client(URI.create("http://127.0.0.1:%d/events/stream?%s".formatted(port, query)));
    }
}
