package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.audit.domain.EventFilter;
import io.tidings.audit.domain.entity.EntityType;
import io.tidings.audit.domain.entity.Histories;
import io.tidings.audit.domain.flow.FlowLedger;
import io.tidings.audit.domain.flow.FlowState;
import io.tidings.audit.domain.flow.Flows;
import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Topics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Speed with a million messages in the log: a measurement and not a part of the build. Run it with
 * {@code mvn -pl audit-service -am test -Dtest=MillionTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtidings.measure.messages=1000000}.
 */
@EnabledIfSystemProperty(named = "tidings.measure.messages", matches = "\\d+")
class MillionTest extends AuditServiceTest {

    private static final int MESSAGES_OF_A_FLOW = 6;
    private static final int BATCH = 2_000;
    private static final int ROUNDS = 10;
    private static final int QUERIES = 500;
    private static final int LOADED_AT_ONCE = 4_000;

    @Autowired
    AuditTrail trail;

    @Autowired
    FlowLedger ledger;

    @Autowired
    Flows flows;

    @Autowired
    Histories histories;

    @Autowired
    TransactionTemplate transactions;

    private final Instant now = Instant.now();
    private final int messages = Integer.getInteger("tidings.measure.messages", 1_000_000);

    @Test
    void queries_answer_in_20_ms_and_recording_keeps_80_percent_of_its_speed() {
        // given
        record(3);
        double whenEmpty = record(ROUNDS);
        Instant start = Instant.now();
        load();
        System.out.printf(
                "Loaded %,d messages in %d s.%n",
                messages, Duration.between(start, Instant.now()).toSeconds());
        // when
        double whenFull = record(ROUNDS);
        Map<String, Long> percentiles = new LinkedHashMap<>();
        percentiles.put("by flow", measure(flow -> trail.find(filter(null, null, "flow-" + flow), null, 100)));
        percentiles.put("by key", measure(flow -> trail.find(filter(null, orderOf(flow), null), null, 100)));
        percentiles.put("by name", measure(flow -> trail.find(filter("OrderPlaced", null, null), idOf(flow), 100)));
        percentiles.put(
                "by type", measure(flow -> trail.find(filter("io.tidings.EmailSent.v1", null, null), idOf(flow), 100)));
        percentiles.put("by an hour", measure(flow -> trail.find(hourFrom(timeOf(flow), null), null, 100)));
        percentiles.put("from a time on", measure(flow -> trail.find(since(timeOf(flow), null), null, 100)));
        percentiles.put(
                "by name and an hour", measure(flow -> trail.find(hourFrom(timeOf(flow), "EmailSent"), null, 100)));
        percentiles.put(
                "by name, from a time on", measure(flow -> trail.find(since(timeOf(flow), "EmailSent"), null, 100)));
        percentiles.put(
                "GET /flows/{correlationId}",
                measure(flow -> flows.find("flow-" + flow).orElseThrow()));
        percentiles.put(
                "GET /flows/{orderId}",
                measure(flow -> flows.find(orderOf(flow)).orElseThrow()));
        percentiles.put("GET /flows?state=done", measure(flow -> flows.list(FlowState.DONE, idOf(flow), 100)));
        percentiles.put("GET /flows?state=stalled", measure(flow -> flows.list(FlowState.STALLED, null, 100)));
        percentiles.put("GET /flows?state=running", measure(flow -> flows.list(FlowState.RUNNING, null, 100)));
        percentiles.put("GET /entities/order/{id}", measure(flow -> histories.of(EntityType.ORDER, orderOf(flow))));
        percentiles.put("GET /entities/account/{id}", measure(flow -> histories.of(EntityType.ACCOUNT, userOf(flow))));
        // then
        System.out.printf(
                "Recording: %,.0f messages/s when empty, %,.0f with %,d: %.0f %%.%n",
                whenEmpty, whenFull, messages, 100 * whenFull / whenEmpty);
        percentiles.forEach((query, nanos) -> System.out.printf("%-28s p99 %5.1f ms%n", query, nanos / 1_000_000.0));
        assertThat(whenFull / whenEmpty).isGreaterThanOrEqualTo(0.8);
        assertThat(percentiles).allSatisfy((query, nanos) -> assertThat(nanos).isLessThanOrEqualTo(20_000_000L));
    }

    /** Returns messages a second, of the best half of the rounds: others work on this machine too. */
    private double record(int rounds) {
        List<Long> nanos = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<AuditEvent> batch = batch();
            long start = System.nanoTime();
            transactions.executeWithoutResult(transaction -> ledger.keep(trail.append(batch)));
            nanos.add(System.nanoTime() - start);
        }
        double best = nanos.stream()
                .sorted()
                .limit((rounds + 1) / 2)
                .mapToLong(Long::longValue)
                .average()
                .orElseThrow();
        return BATCH / (best / 1_000_000_000);
    }

    private static List<AuditEvent> batch() {
        List<AuditEvent> events = new ArrayList<>();
        List<String> names = List.of(
                "OrderPlaced",
                "InventoryReserved",
                "PaymentProcessed",
                "ShipmentCreated",
                "OrderCompleted",
                "EmailSent");
        List<String> topics = List.of(
                Topics.ORDERS,
                Topics.INVENTORY,
                Topics.PAYMENTS,
                Topics.SHIPMENTS,
                Topics.ORDERS,
                Topics.NOTIFICATIONS);
        while (events.size() < BATCH) {
            String order = TimeOrderedId.next().toString();
            String flow = UUID.randomUUID().toString();
            UUID cause = null;
            for (int step = 0; step < names.size(); step++) {
                UUID id = TimeOrderedId.next();
                events.add(event(id, topics.get(step), names.get(step), order, flow, cause));
                cause = id;
            }
        }
        return events.subList(0, BATCH);
    }

    private static AuditEvent event(UUID id, String topic, String name, String key, String flow, @Nullable UUID cause) {
        Instant now = Instant.now();
        return new AuditEvent(
                id,
                topic,
                key,
                "io.tidings.%s.v1".formatted(name),
                "/order-service",
                flow,
                cause == null ? null : cause.toString(),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                now,
                now,
                Map.of(),
                """
                {"orderId":"%s","userId":"%s","amount":{"minorUnits":1999,"currency":"USD"},"fulfilment":"CHOREOGRAPHY"}\
                """.formatted(key, UUID.randomUUID()).getBytes(StandardCharsets.UTF_8));
    }

    /** Orders of the last thirty days, one in a hundred of which stands still. */
    private void load() {
        int all = messages / MESSAGES_OF_A_FLOW;
        for (int first = 1; first <= all; first += LOADED_AT_ONCE) {
            load(first, Math.min(first + LOADED_AT_ONCE - 1, all));
        }
        database.sql("analyze").update();
    }

    private void load(int first, int last) {
        database.sql("select audit_make_part((now() - interval '30 days')::date)")
                .query()
                .singleRow();
        database.sql("""
                insert into audit_event (event_id, topic, key, type, name, source, correlation_id, causation_id,
                    traceparent, occurred_at, recorded_at, annotations, payload, chain, position, hash)
                select id(flow, step), (array['orders', 'inventory', 'payments', 'shipments', 'orders', 'notifications'])[step],
                    order_id(flow), 'io.tidings.' || name || '.v1', name, '/a-service', 'flow-' || flow,
                    case when step > 1 then id(flow, step - 1)::text end,
                    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', at(flow), at(flow), '{}',
                    convert_to(format('{"orderId":"%s","userId":"%s","amount":{"minorUnits":1999,"currency":"USD"},"fulfilment":"CHOREOGRAPHY"}',
                        order_id(flow), user_id(flow)), 'UTF8'),
                    'loaded/' || flow % 6, flow * 6 + step, decode(repeat('00', 32), 'hex')
                from generate_series(:first, :last) as flow, generate_series(1, 6) as step,
                    lateral (select (array['OrderPlaced', 'InventoryReserved', 'PaymentProcessed', 'ShipmentCreated',
                        'OrderCompleted', 'EmailSent'])[step] as name) named
                """.replace("order_id(flow)", "md5('order' || flow)::uuid::text")
                        .replace("user_id(flow)", "md5('user' || flow / 10)::uuid::text")
                        .replace("id(flow, step - 1)", idSql("step - 1"))
                        .replace("id(flow, step)", idSql("step"))
                        .replace("at(flow)", atSql()))
                .param("first", first)
                .param("last", last)
                .update();
        database.sql("""
                insert into flow (correlation_id, first_event_id, started_at, last_at, last_name, messages, dead_letters)
                select 'flow-' || flow, %s, %s, %s, 'EmailSent', 6, 0 from generate_series(:first, :last) as flow
                """.formatted(idSql("1"), atSql(), atSql()))
                .param("first", first)
                .param("last", last)
                .update();
        database.sql("""
                insert into undertaking (key, correlation_id, begun_at, ended_at, outcome, heard_at, marks)
                select md5('order' || flow)::uuid::text, 'flow-' || flow, %1$s, %1$s, 'OrderCompleted', %1$s,
                    case when flow %% 100 = 0 then 1 else 15 | (15 << 8) end
                from generate_series(:first, :last) as flow
                """.formatted(atSql()))
                .param("first", first)
                .param("last", last)
                .update();
    }

    private String atSql() {
        int all = messages / MESSAGES_OF_A_FLOW;
        return "(timestamptz '%s' - make_interval(secs => 2592000.0 * (%d - flow) / %d))".formatted(now, all, all);
    }

    /** The time of a flow, as UUIDv7 has it, and then its number. */
    private String idSql(String step) {
        return "(overlay(audit_first_id(%s)::text placing '-7000-8' || lpad((%s)::text, 3, '0') || '-' || lpad(flow::text, 12, '0') from 14))::uuid"
                .formatted(atSql(), step);
    }

    private static EventFilter filter(@Nullable String type, @Nullable String key, @Nullable String flow) {
        return new EventFilter(type, key, flow, null, null);
    }

    private static EventFilter hourFrom(Instant from, @Nullable String type) {
        return new EventFilter(type, null, null, from, from.plus(Duration.ofHours(1)));
    }

    private static EventFilter since(Instant from, @Nullable String type) {
        return new EventFilter(type, null, null, from, null);
    }

    private Instant timeOf(int flow) {
        int all = messages / MESSAGES_OF_A_FLOW;
        return now.minusSeconds(2_592_000L * (all - flow) / all);
    }

    private UUID idOf(int flow) {
        return database.sql("select first_event_id from flow where correlation_id = ?")
                .param("flow-" + flow)
                .query(UUID.class)
                .single();
    }

    private static String orderOf(int flow) {
        return uuidOf("order" + flow);
    }

    private static String userOf(int flow) {
        return uuidOf("user" + flow / 10);
    }

    private static String uuidOf(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the 99th percentile of a query about one flow after the other, in nanoseconds. */
    private long measure(Consumer<Integer> query) {
        long[] nanos = new long[QUERIES];
        for (int number = 0; number < QUERIES; number++) {
            int flow = 1 + (int) ((number * 7_919L) % (messages / MESSAGES_OF_A_FLOW));
            long start = System.nanoTime();
            query.accept(flow);
            nanos[number] = System.nanoTime() - start;
        }
        // The first let the machine warm up.
        long[] warm = Arrays.copyOfRange(nanos, QUERIES / 5, QUERIES);
        Arrays.sort(warm);
        return warm[warm.length * 99 / 100];
    }
}
