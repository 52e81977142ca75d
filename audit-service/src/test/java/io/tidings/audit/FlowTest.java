package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.Envelope;
import io.tidings.events.Topics;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FlowTest extends AuditServiceTest {

    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofHours(1));

    private final String flow = "flow-" + UUID.randomUUID();
    private final String order = UUID.randomUUID().toString();

    @Test
    void a_flow_is_shown_as_the_tree_of_what_caused_what() {
        // given
        Envelope placed = tell("OrderPlaced", Topics.ORDERS, null, Instant.now());
        Envelope reserved = tell(
                "InventoryReserved", Topics.INVENTORY, placed, placed.time().plusMillis(12));
        Envelope failed =
                tell("PaymentFailed", Topics.PAYMENTS, reserved, placed.time().plusMillis(20));
        tell("OrderRejected", Topics.ORDERS, failed, placed.time().plusMillis(31));
        tell("InventoryReleased", Topics.INVENTORY, failed, placed.time().plusMillis(30));
        // when
        JsonNode found = flow(flow, 5);
        // then
        assertThat(found.get("tree").valueStream())
                .extracting(step ->
                        step.get("depth").asInt() + " " + step.get("name").asString())
                .containsExactly(
                        "0 OrderPlaced",
                        "1 InventoryReserved",
                        "2 PaymentFailed",
                        "3 InventoryReleased",
                        "3 OrderRejected");
        assertThat(found.get("tree").get(1).get("afterCauseMillis").asDouble()).isEqualTo(12);
        assertThat(found.get("durationMillis").asDouble()).isEqualTo(31);
        assertThat(found.get("lastMessage").asString()).isEqualTo("OrderRejected");
        assertThat(found.get("state").asString()).isEqualTo("done");
        assertThat(found.get("undertakings").get(0).get("outcome").asString()).isEqualTo("OrderRejected");
    }

    @Test
    void a_flow_is_found_by_the_id_of_its_order() {
        // given
        tell("OrderPlaced", Topics.ORDERS, null, Instant.now());
        flow(flow, 1);
        // when
        JsonNode found = get("/flows/{id}", order);
        // then
        assertThat(found.get("correlationId").asString()).isEqualTo(flow);
    }

    @Test
    void a_flow_runs_until_all_it_began_has_ended_and_stalls_if_that_takes_too_long() {
        // given an order placed now
        Envelope placed = tell("OrderPlaced", Topics.ORDERS, null, Instant.now());
        // then
        assertThat(flow(flow, 1).get("state").asString()).isEqualTo("running");
        assertThat(listed("running")).contains(flow);
        assertThat(listed("done")).doesNotContain(flow);
        // when
        Envelope reserved = tell("InventoryReserved", Topics.INVENTORY, placed, LONG_AGO);
        // then
        JsonNode stalled = flow(flow, 2);
        assertThat(stalled.get("state").asString()).isEqualTo("stalled");
        assertThat(stalled.get("undertakings").get(0).get("open").valueStream())
                .extracting(JsonNode::asString)
                .containsExactly("order", "stock");
        assertThat(listed("stalled")).contains(flow);
        assertThat(listed("running")).doesNotContain(flow);
        // when
        tell("OrderCompleted", Topics.ORDERS, reserved, Instant.now());
        // then
        assertThat(flow(flow, 3).get("state").asString()).isEqualTo("done");
        assertThat(listed("done")).contains(flow);
        assertThat(listed("stalled")).doesNotContain(flow);
    }

    @Test
    void what_another_flow_ended_is_over_and_that_flow_is_named() {
        // given
        tell("OrderPlaced", Topics.ORDERS, null, Instant.now());
        String cancellation = "flow-" + UUID.randomUUID();
        // when
        tell(envelope(cancellation, "OrderCanceled", Topics.ORDERS, null, Instant.now()));
        flow(cancellation, 1);
        // then
        JsonNode found = flow(flow, 1);
        assertThat(found.get("state").asString()).isEqualTo("done");
        assertThat(found.get("undertakings").get(0).get("outcome").asString()).isEqualTo("OrderCanceled");
        assertThat(found.get("related").valueStream())
                .extracting(JsonNode::asString)
                .containsExactly(cancellation);
    }

    @Test
    void the_order_in_which_messages_are_recorded_does_not_matter() {
        // given
        Envelope placed = envelope(flow, "OrderPlaced", Topics.ORDERS, null, Instant.now());
        Envelope reserved = envelope(flow, "InventoryReserved", Topics.INVENTORY, placed, Instant.now());
        // when
        tell(envelope(flow, "OrderRejected", Topics.ORDERS, reserved, Instant.now()));
        flow(flow, 1);
        tell(envelope(flow, "InventoryReleased", Topics.INVENTORY, reserved, Instant.now()));
        flow(flow, 2);
        tell(reserved);
        tell(placed);
        // then
        JsonNode found = flow(flow, 4);
        assertThat(found.get("state").asString()).isEqualTo("done");
        assertThat(found.get("undertakings").get(0).get("open").size()).isZero();
    }

    @Test
    void a_message_that_comes_twice_counts_once() {
        // given
        Envelope placed = tell("OrderPlaced", Topics.ORDERS, null, Instant.now());
        Kafka.tell(placed);
        // when
        tell("OrderCompleted", Topics.ORDERS, placed, Instant.now());
        // then
        assertThat(flow(flow, 2).get("messages").asInt()).isEqualTo(2);
    }

    @Test
    void flows_are_listed_by_pages_the_newest_first() {
        // given
        List<String> flows = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            String one = "flow-" + UUID.randomUUID();
            flows.add(one);
            tell(envelope(one, "OrderPlaced", Topics.ORDERS, null, Instant.now()));
        }
        flows.forEach(one -> flow(one, 1));
        // when
        List<String> seen = new ArrayList<>();
        JsonNode page = get("/flows?limit=2");
        for (int pages = 0; pages < 500 && !seen.containsAll(flows); pages++) {
            assertThat(page.get("flows").size()).isLessThanOrEqualTo(2);
            page.get("flows")
                    .valueStream()
                    .map(one -> one.get("correlationId").asString())
                    .forEach(seen::add);
            page = get("/flows?limit=2&cursor={next}", page.get("next").asString(""));
        }
        // then
        seen.retainAll(flows);
        Collections.reverse(flows);
        assertThat(seen).containsExactlyElementsOf(flows);
    }

    @Test
    void what_really_happened_is_drawn() throws Exception {
        // given
        Envelope placed = tell("OrderPlaced", Topics.ORDERS, null, Instant.now());
        Envelope foreign = envelope(
                flow,
                "Order\"<Placed>;",
                Topics.INVENTORY,
                placed,
                placed.time().plusMillis(12));
        tell(foreign);
        flow(flow, 2);
        // when
        String mermaid =
                http().get().uri("/flows/{id}/diagram", flow).retrieve().body(String.class);
        ResponseEntity<String> drawing = http().get()
                .uri("/flows/{id}/diagram", order)
                .accept(MediaType.parseMediaType("image/svg+xml"))
                .retrieve()
                .toEntity(String.class);
        // then
        assertThat(mermaid).isEqualTo("""
                sequenceDiagram
                    actor p0 as caller
                    participant p1 as orders-service
                    participant p2 as inventory-service
                    p0->>p1: request
                    p1-)p2: OrderPlaced, +0.0 ms
                    Note over p2: Order__Placed__, +12 ms
                """);
        assertThat(drawing.getHeaders().getContentType().toString()).startsWith("image/svg+xml");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(drawing.getBody().getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(3);
        assertThat(document.getDocumentElement().getTextContent())
                .contains("orders-service", "inventory-service", "OrderPlaced", "Order\"<Placed>;");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /flows?state=lost               | 400 | state: must be one of running, stalled, done
            /flows?limit=0                  | 400 | limit: must be from 1 to 1000
            /flows?cursor=yesterday         | 400 | cursor: must be a UUID
            /flows/nobody                   | 404 | There is no flow nobody, and no message whose key it is. If it was made a moment ago, try again in a second.
            /flows/nobody/diagram           | 404 | There is no flow nobody, and no message whose key it is. If it was made a moment ago, try again in a second.
            """)
    void a_request_that_can_not_be_granted_is_told_why(String path, int status, String detail) {
        // when
        ResponseEntity<String> answer = http().get()
                .uri(URI.create("http://127.0.0.1:" + port + path))
                .retrieve()
                .onStatus(any -> true, (request, response) -> {})
                .toEntity(String.class);
        // then
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.valueOf(status));
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(JsonMapper.shared().readTree(answer.getBody()).get("detail").asString())
                .isEqualTo(detail);
    }

    @Test
    void whoever_accepts_what_is_no_media_type_is_told_so() {
        // when
        ResponseEntity<String> answer = http().get()
                .uri("/flows/{id}/diagram", flow)
                .header(HttpHeaders.ACCEPT, "foo")
                .retrieve()
                .onStatus(any -> true, (request, response) -> {})
                .toEntity(String.class);
        // then
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(JsonMapper.shared().readTree(answer.getBody()).get("detail").asString())
                .isEqualTo("Accept: must be media types, such as image/svg+xml or text/plain");
    }

    private Set<String> listed(String state) {
        Set<String> flows = new HashSet<>();
        get("/flows?limit=1000&state={state}", state)
                .get("flows")
                .valueStream()
                .forEach(one -> flows.add(one.get("correlationId").asString()));
        return flows;
    }

    /** Waits until it has that many messages. */
    private JsonNode flow(String id, int messages) {
        await().until(() -> database.sql("select coalesce(sum(messages), 0) from flow where correlation_id = ?")
                        .param(id)
                        .query(Integer.class)
                        .single()
                >= messages);
        return get("/flows/{id}", id);
    }

    private Envelope tell(String name, String topic, @Nullable Envelope cause, Instant time) {
        return tell(envelope(flow, name, topic, cause, time));
    }

    private static Envelope tell(Envelope envelope) {
        Kafka.tell(envelope);
        return envelope;
    }

    private Envelope envelope(String correlationId, String name, String topic, @Nullable Envelope cause, Instant time) {
        return new Envelope(
                TimeOrderedId.next(),
                topic,
                order,
                "io.tidings.%s.v1".formatted(name),
                "/%s-service".formatted(topic),
                time.truncatedTo(ChronoUnit.MICROS),
                correlationId,
                cause == null ? null : cause.id().toString(),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                Map.of(),
                "{}".getBytes(StandardCharsets.UTF_8));
    }
}
