package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.audit.domain.EventFilter;
import io.tidings.audit.domain.EventPage;
import io.tidings.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever asks for a time alone is told of all that was published then, whatever the ids say. */
class TimeTest extends AuditServiceTest {

    @Autowired
    AuditTrail trail;

    @Autowired
    TransactionTemplate transactions;

    /** Of the messages of this test, one of a type that no other has. */
    private final String type =
            "io.tidings.Timed%s.v1".formatted(UUID.randomUUID().toString().replace("-", ""));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # published                  | time in the id             | told
            2034-07-01T12:00:00Z         | 2034-07-01T12:00:00Z       | true
            2034-07-01T11:59:59.999999Z  | 2034-07-01T12:00:00Z       | false
            2034-07-01T12:59:59.999999Z  | 2034-07-01T12:59:59.999Z   | true
            2034-07-01T12:59:59.999999Z  | 2034-07-01T13:01:00.000Z   | true
            2034-07-01T12:59:59.999999Z  | 2034-07-01T13:00:59.999Z   | true
            2034-07-01T13:00:00Z         | 2034-07-01T12:59:59.999Z   | false
            2034-07-01T12:00:00Z         | 2034-07-01T11:59:00Z       | true
            2034-07-01T12:00:00Z         | 2034-07-01T11:58:59.999Z   | true
            2034-07-01T12:00:00Z         | 2034-07-01T09:00:00Z       | true
            2034-07-01T12:30:00Z         | 2034-07-01T19:00:00Z       | true
            2034-07-01T12:30:00Z         | 2034-06-01T00:00:00Z       | true
            2034-07-01T12:30:00Z         | 2051-01-01T00:00:00Z       | true
            2034-07-01T12:30:00Z         | 1970-01-01T00:00:00Z       | true
            2034-07-01T08:00:00Z         | 2034-07-01T12:30:00Z       | false
            """)
    void a_message_is_told_by_its_own_time_and_not_by_that_of_its_id(Instant published, Instant inId, boolean told) {
        // given
        makePart("2034-06-01");
        makePart("2034-07-01");
        AuditEvent event = record(idAt(inId), published);
        Instant from = Instant.parse("2034-07-01T12:00:00Z");
        // then
        assertThat(found(null, from, from.plus(Duration.ofHours(1))).contains(event.eventId()))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00000000-0000-4000-8000-
            0fedcba9-8765-3321-8000-
            ffffffff-ffff-4fff-bfff-
            """)
    void a_message_with_an_id_of_another_kind_is_told_too(String beginning) {
        // given
        makePart("2034-07-01");
        Instant noon = Instant.parse("2034-07-03T12:00:00Z");
        UUID id = UUID.fromString(beginning + UUID.randomUUID().toString().substring(24));
        // when
        record(id, noon);
        // then
        assertThat(found(null, noon, null)).contains(id);
        assertThat(found(null, noon, noon.plusNanos(1_000))).contains(id);
        assertThat(found(null, noon.minusSeconds(1), noon)).doesNotContain(id);
        assertThat(found(null, noon.plusNanos(1_000), null)).doesNotContain(id);
    }

    @Test
    void what_is_from_before_ids_told_a_time_is_told_too() {
        // given
        UUID oldest =
                record(UUID.randomUUID(), Instant.parse("0001-01-01T00:00:00Z")).eventId();
        UUID old = record(idAt(Instant.EPOCH), Instant.EPOCH.minusSeconds(30)).eventId();
        UUID newest =
                record(UUID.randomUUID(), Instant.parse("9999-12-31T23:59:59Z")).eventId();
        // then
        assertThat(found(type, Instant.parse("0001-01-01T00:00:00Z"), null)).contains(oldest, old, newest);
        assertThat(found(type, null, Instant.EPOCH.minusSeconds(29))).containsExactlyInAnyOrder(oldest, old);
        assertThat(found(type, null, Instant.EPOCH.minusSeconds(30))).containsExactly(oldest);
        assertThat(found(type, Instant.EPOCH.minusSeconds(30), Instant.EPOCH)).containsExactly(old);
        assertThat(found(type, Instant.parse("9999-12-31T23:59:59Z"), null)).containsExactly(newest);
    }

    @Test
    void whatever_the_times_and_the_ids_all_pages_together_are_all_that_was_published_then() {
        // given
        makePart("2034-07-01");
        Random random = new Random(42);
        Instant start = Instant.parse("2034-07-10T00:00:00Z");
        List<AuditEvent> events = new ArrayList<>();
        for (int number = 0; number < 400; number++) {
            Instant time = start.plusNanos(1_000L * random.nextInt(600_000_000));
            UUID id =
                    switch (random.nextInt(8)) {
                        case 0 -> UUID.randomUUID();
                        case 1 -> idAt(time.plusMillis(random.nextInt(-100_000_000, 100_000_000)));
                        case 2 -> idAt(time.plusMillis(random.nextInt(-60_010, -59_990)));
                        case 3 -> idAt(time.plusMillis(random.nextInt(59_990, 60_010)));
                        default -> idAt(time);
                    };
            events.add(eventOf(id, time));
        }
        transactions.executeWithoutResult(transaction -> trail.append(events));
        for (int round = 0; round < 40; round++) {
            Instant from = start.plusNanos(1_000L * random.nextInt(600_000_000));
            Instant to = from.plusNanos(1_000L * random.nextInt(1, 120_000_000));
            for (EventFilter filter :
                    List.of(filter(type, from, to), filter(type, from, null), filter(type, null, to))) {
                // when
                List<UUID> found = found(filter, 7);
                // then
                assertThat(found)
                        .as("%s", filter)
                        .containsExactlyElementsOf(events.stream()
                                .filter(filter::matches)
                                .map(AuditEvent::eventId)
                                .sorted(Comparator.comparing(UUID::toString))
                                .toList());
            }
        }
    }

    @Test
    void what_was_published_before_is_not_read_through() {
        FullPart part = FullPart.of(database, "2034-08-01");
        // Nothing of it stays: it is in no chain.
        transactions.executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            // given
            part.fill();
            Instant evening = Instant.parse("2034-08-01T00:00:00Z").plus(Duration.ofMinutes(FullPart.MESSAGES - 60));
            // when
            long hour = rowsReadFor(part, filter(null, evening, evening.plus(Duration.ofMinutes(30))));
            long rest = rowsReadFor(part, filter(null, evening, null));
            long named = rowsReadFor(part, filter("OrderAdmired", evening, evening.plus(Duration.ofMinutes(30))));
            // then
            assertThat(List.of(hour, rest, named))
                    .allSatisfy(rows -> assertThat(rows).isBetween(30L, 200L));
        });
    }

    private long rowsReadFor(FullPart part, EventFilter filter) {
        long before = part.rowsRead();
        assertThat(trail.find(filter, null, 100).events()).hasSizeGreaterThanOrEqualTo(30);
        return part.rowsRead() - before;
    }

    private void makePart(String month) {
        database.sql("select audit_make_part(?)")
                .param(LocalDate.parse(month))
                .query()
                .singleRow();
    }

    private List<UUID> found(@Nullable String wanted, @Nullable Instant from, @Nullable Instant to) {
        return found(filter(wanted, from, to), 1_000);
    }

    private List<UUID> found(EventFilter filter, int limit) {
        List<UUID> found = new ArrayList<>();
        EventPage page;
        do {
            page = trail.find(filter, found.isEmpty() ? null : found.getLast(), limit);
            page.events().forEach(event -> found.add(event.eventId()));
        } while (!page.isLast());
        return found;
    }

    private static EventFilter filter(@Nullable String type, @Nullable Instant from, @Nullable Instant to) {
        return new EventFilter(type, null, null, from, to);
    }

    private AuditEvent record(UUID id, Instant published) {
        AuditEvent event = eventOf(id, published);
        transactions.executeWithoutResult(transaction -> trail.append(List.of(event)));
        return event;
    }

    private AuditEvent eventOf(UUID id, Instant published) {
        return new AuditEvent(
                id,
                Topics.ORDERS,
                "a-key-of-time",
                type,
                "/a-service",
                "a-flow-of-time",
                null,
                null,
                published,
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                Map.of(),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** With a tail of its own. */
    private static UUID idAt(Instant time) {
        return new UUID(time.toEpochMilli() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
    }
}
