package io.tidings.audit.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.domain.Verification.BrokenRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {

    private final List<Row> rows = new ArrayList<>();
    private final List<DetachedRun> detached = new ArrayList<>();
    private ChainHead head = ChainHead.empty(ChainHead.chainOf(event("1")));

    private record Row(ChainHead place, AuditEvent event, String name) {

        Row saying(String payload) {
            AuditEvent changed = ChainVerifierTest.event(payload);
            return new Row(place, changed, name);
        }
    }

    @BeforeEach
    void a_chain_of_three_records() {
        for (String payload : List.of("1", "2", "3")) {
            head = head.after(event(payload));
            rows.add(new Row(head, event(payload), "OrderPlaced"));
        }
    }

    @Test
    void a_chain_holds_as_it_was_recorded() {
        assertThat(verify()).isEqualTo(new Verification(1, 3, null));
    }

    @Test
    void a_changed_record_is_named_with_the_hash_it_must_have() {
        // given
        rows.set(1, rows.get(1).saying("two"));
        // when
        BrokenRecord broken = verify().broken();
        // then
        assertThat(broken.chain()).isEqualTo(head.chain());
        assertThat(broken.position()).isEqualTo(2);
        assertThat(broken.eventId()).isEqualTo(rows.get(1).event().eventId());
        assertThat(broken.expected())
                .isEqualTo(HexFormat.of()
                        .formatHex(rows.get(0).place().after(event("two")).hash()));
        assertThat(broken.found())
                .isEqualTo(HexFormat.of().formatHex(rows.get(1).place().hash()));
    }

    @Test
    void whoever_changes_a_record_with_its_hash_breaks_the_next() {
        // given
        AuditEvent changed = event("two");
        rows.set(1, new Row(rows.get(0).place().after(changed), changed, "OrderPlaced"));
        // when
        BrokenRecord broken = verify().broken();
        // then
        assertThat(broken.position()).isEqualTo(3);
    }

    @Test
    void whoever_changes_the_last_record_with_its_hash_breaks_the_end() {
        // given
        AuditEvent changed = event("three");
        rows.set(2, new Row(rows.get(1).place().after(changed), changed, "OrderPlaced"));
        // when
        BrokenRecord broken = verify().broken();
        // then
        assertThat(broken.position()).isEqualTo(3);
        assertThat(broken.problem()).isEqualTo("The chain ended otherwise.");
    }

    @Test
    void a_removed_record_is_missed() {
        // given
        rows.remove(0);
        // when
        BrokenRecord broken = verify().broken();
        // then
        assertThat(broken.position()).isEqualTo(1);
        assertThat(broken.eventId()).isNull();
        assertThat(broken.problem()).isEqualTo("It is missing: after record 0 comes record 2.");
    }

    @Test
    void a_removed_last_record_is_missed() {
        // given
        rows.remove(2);
        // when
        BrokenRecord broken = verify().broken();
        // then
        assertThat(broken.position()).isEqualTo(3);
        assertThat(broken.expected()).isEqualTo(HexFormat.of().formatHex(head.hash()));
    }

    @Test
    void a_removed_chain_is_missed() {
        // given
        rows.clear();
        // when
        BrokenRecord broken = verify().broken();
        // then
        assertThat(broken.chain()).isEqualTo(head.chain());
        assertThat(broken.position()).isEqualTo(1);
        assertThat(broken.problem()).isEqualTo("It is missing: the chain has had 3 records.");
    }

    @Test
    void a_record_that_was_put_in_at_the_end_is_named() {
        // given
        AuditEvent added = event("4");
        rows.add(new Row(head.after(added), added, "OrderPlaced"));
        // when
        BrokenRecord broken = verify().broken();
        // then
        assertThat(broken.position()).isEqualTo(4);
        assertThat(broken.problem()).isEqualTo("It was put in: the chain has had 3 records, and now there are 4.");
    }

    @Test
    void records_that_changed_places_are_named() {
        // given
        Row second = rows.get(1);
        rows.set(1, new Row(second.place(), rows.get(2).event(), "OrderPlaced"));
        rows.set(2, new Row(rows.get(2).place(), second.event(), "OrderPlaced"));
        // when
        BrokenRecord broken = verify().broken();
        // then
        assertThat(broken.position()).isEqualTo(2);
    }

    @Test
    void a_record_that_is_found_by_another_name_is_named() {
        // given
        rows.set(1, new Row(rows.get(1).place(), rows.get(1).event(), "OrderScorned"));
        // when
        BrokenRecord broken = verify().broken();
        // then
        assertThat(broken.position()).isEqualTo(2);
        assertThat(broken.problem()).contains("OrderScorned");
    }

    @Test
    void a_chain_goes_on_where_records_were_detached() {
        // given the first and the last are elsewhere
        detached.add(new DetachedRun(1, rows.get(0).place()));
        detached.add(new DetachedRun(3, rows.get(2).place()));
        Row second = rows.get(1);
        rows.clear();
        rows.add(second);
        // then
        assertThat(verify()).isEqualTo(new Verification(1, 1, null));
        // and what is left is still watched over
        rows.set(0, second.saying("two"));
        assertThat(verify().broken().position()).isEqualTo(2);
    }

    @Test
    void a_chain_of_which_all_is_detached_holds() {
        // given
        detached.add(new DetachedRun(1, rows.get(1).place()));
        detached.add(new DetachedRun(3, rows.get(2).place()));
        rows.clear();
        // then
        assertThat(verify().broken()).isNull();
    }

    @Test
    void what_was_removed_beside_what_was_detached_is_missed() {
        // given
        detached.add(new DetachedRun(1, rows.get(0).place()));
        Row third = rows.get(2);
        rows.clear();
        rows.add(third);
        // then
        assertThat(verify().broken().position()).isEqualTo(2);
    }

    private Verification verify() {
        ChainVerifier verifier = new ChainVerifier(List.of(head), detached);
        rows.forEach(row -> verifier.next(row.place(), row.event(), row.name(), digest(row.event())));
        return verifier.result();
    }

    private static byte[] digest(AuditEvent event) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(event.payload());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static AuditEvent event(String payload) {
        return new AuditEvent(
                UUID.nameUUIDFromBytes(payload.getBytes(StandardCharsets.UTF_8)),
                "orders",
                "key",
                "io.tidings.OrderPlaced.v2",
                "/order-service",
                "flow",
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of("remark", "none"),
                payload.getBytes(StandardCharsets.UTF_8));
    }
}
