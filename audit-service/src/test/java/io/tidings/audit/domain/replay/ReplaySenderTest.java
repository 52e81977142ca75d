package io.tidings.audit.domain.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.audit.AuditServiceTest;
import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.publishing.DepartureAtCommit;
import io.tidings.bus.publishing.Transport;
import io.tidings.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Its steps, in transactions that are rolled back: nobody listens. */
@Import(ReplaySenderTest.Departures.class)
class ReplaySenderTest extends AuditServiceTest {

    /** Instead of the outbox, whose rows are written with a commit. */
    @Primary
    static class Departures implements Transport {

        private final List<Envelope> messages = new ArrayList<>();

        @Override
        public Departure prepare(List<Envelope> departing) {
            messages.addAll(departing);
            return () -> {};
        }
    }

    private static final String PROFILE = "io.tidings.UserProfileUpdated.v2";

    @Autowired
    Departures departures;

    @Autowired
    ReplaySender sender;

    @Autowired
    Replays replays;

    @Autowired
    AuditTrail trail;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void speed_limits_what_is_sent_and_not_what_is_looked_at() {
        inVain(transaction -> {
            // given
            trail.append(Stream.generate(() -> told(Topics.PRODUCTS, "another", "io.tidings.ProductListed.v1"))
                    .limit(3_000)
                    .toList());
            trail.append(Stream.generate(() -> told(Topics.PRODUCTS, "wanted", "io.tidings.ProductListed.v1"))
                    .limit(5)
                    .toList());
            Replay replay = order(List.of("wanted"), 10);
            // when
            List<Replay> steps = stepsOf(replay);
            // then no more steps than to look at all, and to end three early, besides the first and the last
            long fullSteps = jdbc.sql("select sum(ceil(until / 1000.0)) from replay_chain where replay_id = ?")
                    .param(replay.replayId())
                    .query(Long.class)
                    .single();
            assertThat(steps).hasSizeLessThanOrEqualTo((int) fullSteps + 3 + 3);
            assertThat(steps.getLast())
                    .returns(5L, Replay::sent)
                    .returns(steps.getLast().total(), Replay::lookedAt);
            // and
            for (int step = 1; step < steps.size(); step++) {
                assertThat(steps.get(step).sent() - steps.get(step - 1).sent()).isBetween(0L, 2L);
            }
        });
    }

    @Test
    void of_long_messages_a_step_sends_no_more_than_fit_into_memory() {
        inVain(transaction -> {
            // given
            trail.append(Stream.generate(() -> told(
                            Topics.PRODUCTS,
                            "long",
                            "io.tidings.ProductListed.v1",
                            "\"%s\"".formatted("x".repeat(900_000))))
                    .limit(7)
                    .toList());
            Replay replay = order(List.of("long"), null);
            // when
            List<Replay> steps = stepsOf(replay);
            // then
            assertThat(steps.getLast())
                    .returns(7L, Replay::sent)
                    .returns(steps.getLast().total(), Replay::lookedAt);
            for (int step = 1; step < steps.size(); step++) {
                assertThat(steps.get(step).sent() - steps.get(step - 1).sent()).isBetween(0L, 3L);
            }
        });
    }

    @Test
    void of_an_erased_person_is_told_again_that_a_message_was_a_dead_letter_and_not_what_it_said() {
        inVain(transaction -> {
            // given
            String user = UUID.randomUUID().toString();
            AuditEvent deadLetter = told("search-service.dlt", user, PROFILE);
            trail.append(List.of(told(Topics.USERS, user, PROFILE), deadLetter));
            trail.append(List.of(told(Topics.USERS, user, "io.tidings.UserErased.v1")));
            Replay replay = order(List.of(user), null);
            // when
            List<Replay> steps = stepsOf(replay);
            new DepartureAtCommit().beforeCommit(transaction);
            // then
            assertThat(steps.getLast().sent()).isEqualTo(2);
            assertThat(departures.messages)
                    .filteredOn(message -> message.id().equals(deadLetter.eventId()))
                    .singleElement()
                    .satisfies(message -> assertThat(message.payload()).isEmpty());
            assertThat(departures.messages)
                    .filteredOn(message -> message.topic().equals("somebody.replay"))
                    .extracting(Envelope::type)
                    .filteredOn(type -> !type.isEmpty())
                    .containsExactlyInAnyOrder(PROFILE, "io.tidings.UserErased.v1");
        });
    }

    private void inVain(Consumer<TransactionStatus> test) {
        transactions.executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            test.accept(transaction);
        });
    }

    private Replay order(List<String> keys, @Nullable Integer speed) {
        return replays.order(
                        new ReplayOrder("somebody", false, List.of(), List.of(), keys, null, null, null, speed, false))
                .orElseThrow();
    }

    /** The replay after each of its steps until it has told the history. */
    private List<Replay> stepsOf(Replay ordered) {
        List<Replay> steps = new ArrayList<>(List.of(ordered));
        while (steps.getLast().phase() != ReplayPhase.CATCHING_UP) {
            await().pollInSameThread().until(sender::step);
            steps.add(replays.find(ordered.replayId()).orElseThrow());
        }
        return steps;
    }

    private static AuditEvent told(String topic, String key, String type) {
        return told(topic, key, type, "{}");
    }

    private static AuditEvent told(String topic, String key, String type, String payload) {
        return new AuditEvent(
                TimeOrderedId.next(),
                topic,
                key,
                type,
                "/a-service",
                "a-flow",
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                payload.getBytes(StandardCharsets.UTF_8));
    }
}
