package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.audit.domain.AuditChains;
import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.audit.domain.Verification;
import io.tidings.audit.domain.Verification.BrokenRecord;
import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.Envelope;
import io.tidings.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class VerifyTest extends AuditServiceTest {

    @Autowired
    AuditChains chains;

    @Autowired
    AuditTrail trail;

    @Autowired
    TransactionTemplate transactions;

    @AfterEach
    void guard_the_table_again() {
        database.sql("alter table audit_event enable trigger all").update();
        database.sql("alter table audit_chain enable trigger all").update();
        database.sql("revoke update, delete, truncate on audit_event from current_user")
                .update();
    }

    @Test
    void all_chains_hold_as_they_were_recorded() {
        // given
        String key = someKey();
        record(key, 3);
        // when
        JsonNode answer = get("/audit/verify");
        // then
        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("chains", "records", "broken");
        assertThat(answer.get("broken").isNull()).isTrue();
        assertThat(answer.get("records").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(answer.get("chains").asInt()).isPositive();
        // and the records of a key follow each other in one chain
        List<Long> positions = database.sql("select position from audit_event where key = ? order by event_id")
                .param(key)
                .query(Long.class)
                .list();
        assertThat(positions).isSorted().doesNotHaveDuplicates().hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"update audit_event set payload = ''", "delete from audit_event", "truncate audit_event"})
    void the_role_of_the_service_may_not_change_what_is_recorded(String change) {
        // given
        record(someKey(), 1);
        // then
        assertThatThrownBy(() -> database.sql(change).update())
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied for table audit_event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"update audit_event set payload = ''", "delete from audit_event", "truncate audit_event"})
    void a_role_that_may_is_refused_all_the_same(String change) {
        // given
        record(someKey(), 1);
        database.sql("grant update, delete, truncate on audit_event to current_user")
                .update();
        // then
        assertThatThrownBy(() -> database.sql(change).update())
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("audit_event is append-only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"length = length - 1", "length = length", "name = name || '!', length = length + 1"})
    void the_end_of_a_chain_only_moves_on(String change) {
        // given
        record(someKey(), 1);
        // then
        assertThatThrownBy(
                        () -> database.sql("update audit_chain set " + change).update())
                .rootCause()
                .hasMessageContaining("only grows");
    }

    @Test
    void a_record_that_was_tampered_with_is_named() {
        // given
        UUID victim = record(someKey(), 3).get(1);
        // when
        removeTheGuards();
        database.sql("update audit_event set payload = payload || ' '::bytea where event_id = ?")
                .param(victim)
                .update();
        // then
        JsonNode broken = get("/audit/verify").get("broken");
        assertThat(broken.get("eventId").asString()).isEqualTo(victim.toString());
        assertThat(broken.get("position").asLong()).isEqualTo(positionOf(victim));
        assertThat(broken.get("expected").asString())
                .hasSize(64)
                .isNotEqualTo(broken.get("found").asString());
        // and
        database.sql("update audit_event set payload = substr(payload, 1, length(payload) - 1) where event_id = ?")
                .param(victim)
                .update();
        assertThat(get("/audit/verify").get("broken").isNull()).isTrue();
    }

    @Test
    void a_record_that_was_removed_is_missed() {
        // given
        UUID victim = record(someKey(), 3).get(1);
        long position = positionOf(victim);
        database.sql("create table removed as select * from audit_event where event_id = ?")
                .param(victim)
                .update();
        try {
            // when
            removeTheGuards();
            database.sql("delete from audit_event where event_id = ?")
                    .param(victim)
                    .update();
            // then
            JsonNode broken = get("/audit/verify").get("broken");
            assertThat(broken.get("position").asLong()).isEqualTo(position);
            assertThat(broken.get("eventId").isNull()).isTrue();
            assertThat(broken.get("problem").asString())
                    .isEqualTo("It is missing: after record %d comes record %d.".formatted(position - 1, position + 1));
        } finally {
            database.sql("insert into audit_event select * from removed").update();
            database.sql("drop table removed").update();
        }
    }

    @Test
    void chains_hold_although_several_recorders_write_to_them_at_the_same_time() {
        // given
        List<String> keys = IntStream.range(0, 10).mapToObj(number -> someKey()).toList();
        // when each batch has all keys, in an order of its own
        try (ExecutorService recorders = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 40)
                    .forEach(batch -> recorders.execute(() -> {
                        List<AuditEvent> events = new ArrayList<>(
                                keys.stream().map(VerifyTest::eventOf).toList());
                        Collections.shuffle(events, new Random(batch));
                        transactions.executeWithoutResult(transaction -> trail.append(events));
                    }));
        }
        // then
        assertThat(keys)
                .allSatisfy(key -> assertThat(database.sql("select count(*) from audit_event where key = ?")
                                .param(key)
                                .query(Integer.class)
                                .single())
                        .isEqualTo(40));
        assertThat(get("/audit/verify").get("broken").isNull()).isTrue();
    }

    @Test
    void the_log_is_read_by_its_chains_and_not_sorted_before() {
        FullPart part = FullPart.of(database, "2035-05-01");
        transactions.executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            // given a log that is larger than memory, as PostgreSQL sees it
            part.fill();
            database.sql("set local effective_cache_size = '64kB'").update();
            long before = part.rowsReadThrough();
            // when
            Verification verification = chains.verify();
            // then
            assertThat(verification.records()).isGreaterThanOrEqualTo(FullPart.MESSAGES);
            assertThat(part.rowsReadThrough() - before).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {999, 1_000, 1_001, 2_000})
    void a_place_that_is_taken_twice_is_found_wherever_it_is(long place) {
        transactions.executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            // given a chain of more records than are read at a time
            List<AuditEvent> events =
                    Stream.generate(() -> eventOf("a-key")).limit(2_500).toList();
            trail.append(events);
            assertThat(chains.verify().broken()).isNull();
            // when
            String chain = database.sql("""
                            insert into audit_event
                            select gen_random_uuid(), topic, key, type, name, source, correlation_id, causation_id,
                                traceparent, occurred_at, recorded_at, annotations, payload, chain, position, hash
                            from audit_event where position = :place
                                and chain = (select chain from audit_event where event_id = :eventId)
                            returning chain
                            """)
                    .param("place", place)
                    .param("eventId", events.getFirst().eventId())
                    .query(String.class)
                    .single();
            // then whichever of the two is read first, the second does not fit
            assertThat(chains.verify().broken())
                    .returns(chain, BrokenRecord::chain)
                    .extracting(BrokenRecord::position)
                    .isIn(place, place + 1);
        });
    }

    private static AuditEvent eventOf(String key) {
        return new AuditEvent(
                TimeOrderedId.next(),
                Topics.ORDERS,
                key,
                "io.tidings.OrderPlaced.v2",
                "/order-service",
                "flow",
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of("remark", "für Zoë"),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** What the owner of a table can always do. */
    private void removeTheGuards() {
        database.sql("grant update, delete on audit_event to current_user").update();
        database.sql("alter table audit_event disable trigger all").update();
    }

    private long positionOf(UUID event) {
        return database.sql("select position from audit_event where event_id = ?")
                .param(event)
                .query(Long.class)
                .single();
    }

    private List<UUID> record(String key, int count) {
        List<Envelope> messages = IntStream.range(0, count)
                .mapToObj(number -> Kafka.message(Topics.ORDERS, key, "io.tidings.OrderPlaced.v2", "{}"))
                .toList();
        messages.forEach(Kafka::tell);
        eventsOf(key, count);
        return messages.stream().map(Envelope::id).toList();
    }
}
