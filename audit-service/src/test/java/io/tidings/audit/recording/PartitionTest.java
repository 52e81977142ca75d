package io.tidings.audit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.audit.AuditServiceTest;
import io.tidings.audit.domain.AuditChains;
import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class PartitionTest extends AuditServiceTest {

    @Autowired
    PartitionKeeper keeper;

    @Autowired
    AuditTrail trail;

    @Autowired
    AuditChains chains;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void parts_are_made_before_their_months_begin() {
        // when
        keeper.ensure(LocalDate.parse("2031-11-17"));
        keeper.ensure(LocalDate.parse("2031-11-17"));
        // then
        assertThat(parts()).contains("audit_event_2031_11", "audit_event_2031_12", "audit_event_2032_01");
        UUID last = record(idAt("2031-12-31T23:59:59.999Z"));
        UUID first = record(idAt("2032-01-01T00:00:00Z"));
        assertThat(partOf(last)).isEqualTo("audit_event_2031_12");
        assertThat(partOf(first)).isEqualTo("audit_event_2032_01");
    }

    @Test
    void what_is_recorded_now_has_a_part_of_its_month_and_a_foreign_id_one_beside() {
        assertThat(partOf(record(TimeOrderedId.next()))).matches("audit_event_\\d{4}_\\d{2}");
        assertThat(partOf(record(UUID.fromString("ffffffff-0000-4000-8000-"
                        + UUID.randomUUID().toString().substring(24)))))
                .isEqualTo("audit_event_other");
    }

    @Test
    void a_month_whose_part_a_stray_id_keeps_from_being_made_keeps_none_of_the_others_from_it() {
        // given
        UUID stray = record(idAt("2037-04-09T00:00:00Z"));
        // when
        keeper.ensure(LocalDate.parse("2037-01-10"));
        assertThatThrownBy(() -> keeper.ensure(LocalDate.parse("2037-02-10"))).hasMessageContaining("2037-04");
        assertThatThrownBy(() -> keeper.ensure(LocalDate.parse("2037-03-10"))).hasMessageContaining("2037-04");
        assertThatThrownBy(() -> keeper.ensure(LocalDate.parse("2037-04-10")))
                .hasMessageContaining("select audit_take_in_strays('2037-04-01')");
        // then
        assertThat(parts())
                .as("before they begin")
                .contains("audit_event_2037_02", "audit_event_2037_03", "audit_event_2037_05", "audit_event_2037_06")
                .doesNotContain("audit_event_2037_04");
        assertThat(partOf(stray)).isEqualTo("audit_event_other");
    }

    @Test
    void the_part_of_a_month_takes_in_the_strays_when_an_operator_says_so() {
        // given
        UUID stray = record(idAt("2038-04-09T00:00:00Z"));
        UUID other = record(UUID.fromString(
                "ffffffff-0000-4000-8000-" + UUID.randomUUID().toString().substring(24)));
        // when
        Long taken = jdbc.sql("select audit_take_in_strays('2038-04-01')")
                .query(Long.class)
                .single();
        keeper.ensure(LocalDate.parse("2038-04-10"));
        // then
        assertThat(taken).isEqualTo(1);
        assertThat(partOf(stray)).isEqualTo("audit_event_2038_04");
        assertThat(partOf(other)).isEqualTo("audit_event_other");
        assertThat(chains.verify().broken()).isNull();
        assertThatThrownBy(() -> jdbc.sql("delete from audit_event_other").update())
                .rootCause()
                .hasMessageContaining("permission denied");
        jdbc.sql("grant delete on audit_event_other to current_user").update();
        try {
            assertThatThrownBy(() -> jdbc.sql("delete from audit_event_other").update())
                    .rootCause()
                    .hasMessageContaining("is append-only");
        } finally {
            jdbc.sql("revoke delete on audit_event_other from current_user").update();
        }
    }

    @Test
    void parts_are_analyzed_when_they_have_doubled_and_those_of_later_months_too() {
        keeper.ensure(LocalDate.parse("2031-11-17"));
        assertThat(jdbc.sql("""
                        select relname from pg_inherits join pg_class part on part.oid = inhrelid
                        where inhparent = 'audit_event'::regclass
                            and not coalesce(reloptions @> '{autovacuum_analyze_scale_factor=1}', false)
                        """).query(String.class).list()).isEmpty();
    }

    @Test
    void a_message_is_kept_once_whatever_part_it_is_in() {
        // given
        keeper.ensure(LocalDate.parse("2033-05-01"));
        UUID known = record(idAt("2033-05-05T00:00:00Z"));
        // when
        List<AuditEvent> kept = transactions.execute(
                transaction -> trail.append(List.of(eventOf(known), eventOf(TimeOrderedId.next()))));
        // then
        assertThat(kept).hasSize(1).noneMatch(event -> event.eventId().equals(known));
    }

    @ParameterizedTest
    @ValueSource(strings = {"update %s set payload = ''", "delete from %s", "truncate %s"})
    void a_part_is_append_only_too(String change) {
        // given
        String part = partOf(record(TimeOrderedId.next()));
        // then
        assertThatThrownBy(() -> jdbc.sql(change.formatted(part)).update())
                .rootCause()
                .hasMessageContaining("permission denied");
        jdbc.sql("grant update, delete, truncate on %s to current_user".formatted(part))
                .update();
        try {
            assertThatThrownBy(() -> jdbc.sql(change.formatted(part)).update())
                    .rootCause()
                    .hasMessageContaining("is append-only");
        } finally {
            jdbc.sql("revoke update, delete, truncate on %s from current_user".formatted(part))
                    .update();
        }
    }

    @Test
    void an_old_part_can_be_detached_and_the_chains_still_hold() {
        // given records of one chain, some in the old part
        keeper.ensure(LocalDate.parse("2030-03-01"));
        record(TimeOrderedId.next());
        UUID old = record(idAt("2030-03-02T00:00:00Z"));
        record(TimeOrderedId.next());
        UUID older = record(idAt("2030-03-01T00:00:00Z"));
        record(TimeOrderedId.next());
        long before = chains.verify().records();
        // when
        long detached = jdbc.sql("select audit_detach_part('audit_event_2030_03')")
                .query(Long.class)
                .single();
        // then
        assertThat(detached).isEqualTo(2);
        assertThat(parts()).doesNotContain("audit_event_2030_03");
        assertThat(chains.verify().broken()).isNull();
        assertThat(chains.verify().records()).isEqualTo(before - 2);
        assertThat(jdbc.sql("select count(*) from audit_event where event_id in (?, ?)")
                        .params(old, older)
                        .query(Integer.class)
                        .single())
                .isZero();
        // and it can be read, and not changed, where it is
        assertThat(jdbc.sql("select count(*) from audit_event_2030_03")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThatThrownBy(() -> jdbc.sql("delete from audit_event_2030_03").update())
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void what_is_no_part_can_not_be_detached() {
        assertThatThrownBy(() ->
                        jdbc.sql("select audit_detach_part('flow')").query().singleRow())
                .rootCause()
                .hasMessageContaining("flow is no part of audit_event");
    }

    private UUID record(UUID id) {
        transactions.executeWithoutResult(transaction -> trail.append(List.of(eventOf(id))));
        return id;
    }

    private static AuditEvent eventOf(UUID id) {
        return new AuditEvent(
                id,
                Topics.ORDERS,
                "a-key-of-partitions",
                "io.tidings.OrderAdmired.v1",
                "/order-service",
                "a-flow-of-partitions",
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** With a tail of its own. */
    private static UUID idAt(String time) {
        long millis = Instant.parse(time).toEpochMilli();
        return new UUID(millis << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
    }

    private String partOf(UUID id) {
        return jdbc.sql("select tableoid::regclass::text from audit_event where event_id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private List<String> parts() {
        return jdbc.sql("select inhrelid::regclass::text from pg_inherits where inhparent = 'audit_event'::regclass")
                .query(String.class)
                .list();
    }
}
