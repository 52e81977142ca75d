package io.tidings.payment.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.tidings.payment.RunningService;
import io.tidings.payment.eventstore.EventStoreTest.Reading.Fell;
import io.tidings.payment.eventstore.EventStoreTest.Reading.Rose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** On the tables of wallets, with events of its own: the height of some water. */
@RunningService
class EventStoreTest {

    sealed interface Reading {

        record Rose(int by) implements Reading {}

        record Fell(int by) implements Reading {}
    }

    record Height(int metres) {}

    private static final int SNAPSHOT_EVERY = 5;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    private final UUID stream = UUID.randomUUID();
    private EventStore<Height, Reading> store;

    @BeforeEach
    void storeWithSnapshots() {
        store = storeOf(Map.of("WaterRose", Rose.class, "WaterFell", Fell.class));
    }

    private EventStore<Height, Reading> storeOf(Map<String, Class<? extends Reading>> eventTypes) {
        return new EventStore<>(
                new StreamType<>(
                        "wallet", new Height(0), Height.class, EventStoreTest::evolve, eventTypes, SNAPSHOT_EVERY),
                jdbc,
                transactions);
    }

    private static Height evolve(Height height, Reading reading) {
        return switch (reading) {
            case Rose(int by) -> new Height(height.metres() + by);
            case Fell(int by) -> new Height(height.metres() - by);
        };
    }

    @Test
    void a_stream_without_events_is_at_version_0_in_its_initial_state() {
        assertThat(store.load(stream)).isEqualTo(new StreamState<>(stream, 0, new Height(0), null));
        assertThat(store.read(stream)).isEmpty();
    }

    @Test
    void what_was_appended_is_read_in_order_under_its_own_names() {
        append(stream, 0, List.of(new Rose(7)));
        Instant second = append(stream, 1, List.of(new Fell(2), new Rose(1)));

        assertThat(store.read(stream))
                .extracting(RecordedEvent::version, RecordedEvent::type, RecordedEvent::event)
                .containsExactly(
                        tuple(1L, "WaterRose", new Rose(7)),
                        tuple(2L, "WaterFell", new Fell(2)),
                        tuple(3L, "WaterRose", new Rose(1)));
        assertThat(store.load(stream)).isEqualTo(new StreamState<>(stream, 3, new Height(6), second));
    }

    @Test
    void events_are_read_from_a_version_and_up_to_a_version() {
        appendOneByOne(1, 9);

        assertThat(store.readFrom(stream, 4, 3))
                .extracting(RecordedEvent::version)
                .containsExactly(4L, 5L, 6L);
        assertThat(store.readFrom(stream, 8, 100))
                .extracting(RecordedEvent::version)
                .containsExactly(8L, 9L);
        assertThat(store.readFrom(stream, 10, 100)).isEmpty();
        assertThat(store.readUpTo(stream, 3)).extracting(RecordedEvent::version).containsExactly(1L, 2L, 3L);
    }

    @Test
    void an_append_that_expects_another_version_is_refused_and_leaves_nothing() {
        append(stream, 0, List.of(new Rose(1), new Rose(1)));

        for (long wrong : new long[] {0, 1, 3}) {
            assertThatExceptionOfType(WrongExpectedVersionException.class)
                    .isThrownBy(() -> append(stream, wrong, List.of(new Rose(100))))
                    .withMessageContaining("Stream %s is not at version %d any more".formatted(stream, wrong));
        }
        assertThat(store.load(stream).state()).isEqualTo(new Height(2));
    }

    @Test
    void an_append_to_several_streams_is_all_or_nothing() {
        UUID other = UUID.randomUUID();
        append(other, 0, List.of(new Rose(1)));

        assertThatExceptionOfType(WrongExpectedVersionException.class)
                .isThrownBy(() -> store.append(
                        List.of(toAppend(stream, 0, List.of(new Rose(5))), toAppend(other, 7, List.of(new Rose(5))))))
                .withMessageContaining(other.toString());

        assertThat(store.load(stream).version()).isZero();
        assertThat(store.load(other).version()).isEqualTo(1);
    }

    @Test
    void an_append_to_several_streams_continues_some_and_starts_others() {
        UUID started = UUID.randomUUID();
        appendOneByOne(1, 4);

        Map<UUID, Instant> recordedAt = store.append(List.of(
                toAppend(started, 0, List.of(new Rose(3), new Fell(1))),
                toAppend(stream, 4, List.of(new Rose(10), new Rose(10)))));

        assertThat(store.load(started))
                .isEqualTo(new StreamState<>(started, 2, new Height(2), recordedAt.get(started)));
        assertThat(store.load(stream)).isEqualTo(new StreamState<>(stream, 6, new Height(24), recordedAt.get(stream)));
        assertThat(snapshotVersions()).containsExactly(6L);
    }

    @Test
    void what_is_rolled_back_was_never_appended() {
        transactions.executeWithoutResult(transaction -> {
            append(stream, 0, List.of(new Rose(1)));
            transaction.setRollbackOnly();
        });

        assertThat(store.load(stream).version()).isZero();
        append(stream, 0, List.of(new Rose(2)));
        assertThat(store.load(stream).state()).isEqualTo(new Height(2));
    }

    @Test
    void of_many_who_append_to_the_same_version_exactly_one_succeeds() throws Exception {
        for (long version = 0; version < 5; version++) {
            long expected = version;

            List<Boolean> succeeded = atOnce(8, () -> {
                try {
                    append(stream, expected, List.of(new Rose(1)));
                    return true;
                } catch (WrongExpectedVersionException someoneElseWasFirst) {
                    return false;
                }
            });

            assertThat(Collections.frequency(succeeded, true)).isEqualTo(1);
            assertThat(store.load(stream).version()).isEqualTo(expected + 1);
        }
    }

    @Test
    void nobody_can_change_a_locked_stream_so_everyone_gets_a_turn() throws Exception {
        append(stream, 0, List.of(new Rose(1)));

        atOnce(
                40,
                () -> transactions.execute(transaction -> {
                    StreamState<Height> locked = store.lock(List.of(stream)).get(stream);
                    return store.append(locked, List.of(new Rose(1)));
                }));

        assertThat(store.load(stream).state()).isEqualTo(new Height(41));
        assertThat(store.read(stream)).extracting(RecordedEvent::recordedAt).isSortedAccordingTo(Instant::compareTo);
    }

    @Test
    void transactions_that_lock_many_streams_are_not_in_each_others_way() throws Exception {
        List<UUID> streams = Stream.generate(UUID::randomUUID).limit(20).toList();
        streams.forEach(id -> append(id, 0, List.of(new Rose(1))));

        atOnce(
                40,
                () -> transactions.execute(transaction -> {
                    List<UUID> shuffled = new ArrayList<>(streams);
                    Collections.shuffle(shuffled);
                    Map<UUID, StreamState<Height>> locked = store.lock(shuffled);
                    return store.append(shuffled.stream()
                            .map(id -> new Append<Height, Reading>(locked.get(id), List.of(new Rose(1))))
                            .toList());
                }));

        assertThat(streams).allSatisfy(id -> assertThat(store.load(id).state()).isEqualTo(new Height(41)));
    }

    @Test
    void a_state_is_known_at_every_version_with_snapshots_and_without() {
        appendOneByOne(1, 23);
        assertThat(snapshotVersions()).containsExactly(5L, 10L, 15L, 20L);

        assertThatEveryVersionIsRight(23);
        deleteSnapshots();
        assertThatEveryVersionIsRight(23);
    }

    private void assertThatEveryVersionIsRight(int last) {
        LongStream.rangeClosed(0, last).forEach(version -> {
            StreamState<Height> state = store.load(stream, version);
            assertThat(state.version()).isEqualTo(version);
            assertThat(state.state()).isEqualTo(new Height((int) version));
        });
        assertThat(store.load(stream, last + 1).version()).isEqualTo(last);
    }

    @Test
    void a_state_is_known_at_every_moment_with_snapshots_and_without() {
        List<Instant> recordedAt = appendOneByOne(1, 12);

        assertThatEveryMomentIsRight(recordedAt);
        deleteSnapshots();
        assertThatEveryMomentIsRight(recordedAt);
    }

    private void assertThatEveryMomentIsRight(List<Instant> recordedAt) {
        Duration aBit = Duration.ofNanos(1_000);
        for (int index = 0; index < recordedAt.size(); index++) {
            Instant moment = recordedAt.get(index);
            assertThat(store.load(stream, moment))
                    .isEqualTo(new StreamState<>(stream, index + 1, new Height(index + 1), moment));
            assertThat(store.load(stream, moment.minus(aBit)).state()).isEqualTo(new Height(index));
            assertThat(store.load(stream, moment.minusNanos(1)).state()).isEqualTo(new Height(index));
            assertThat(store.readUpTo(stream, moment)).hasSize(index + 1);
            assertThat(store.readUpTo(stream, moment.minus(aBit))).hasSize(index);
        }
    }

    @Test
    void a_state_is_known_at_the_ends_of_time() {
        append(stream, 0, List.of(new Rose(1)));

        assertThat(store.load(stream, Instant.MIN).version()).isZero();
        assertThat(store.load(stream, Instant.MAX).version()).isEqualTo(1);
    }

    @Test
    void loading_begins_at_the_newest_snapshot_that_is_not_too_new() {
        List<Instant> recordedAt = appendOneByOne(1, 12);

        // Given snapshots that tell which of them was used
        jdbc.sql("""
                update wallet_snapshot set state = jsonb_build_object('metres', version * 1000)
                where stream_id = :stream""").param("stream", stream).update();
        emptyState();

        assertThat(store.load(stream).state()).isEqualTo(new Height(10_002));
        assertThat(store.load(stream, 10).state()).isEqualTo(new Height(10_000));
        assertThat(store.load(stream, 9).state()).isEqualTo(new Height(5_004));
        assertThat(store.load(stream, 4).state()).isEqualTo(new Height(4));
        assertThat(store.load(stream, recordedAt.get(10)).state()).isEqualTo(new Height(10_001));
        assertThat(store.load(stream, recordedAt.get(8)).state()).isEqualTo(new Height(5_004));
        assertThat(store.load(stream, recordedAt.get(3)).state()).isEqualTo(new Height(4));
        assertThat(locked().state()).isEqualTo(new Height(10_002));
    }

    @Test
    void what_a_stream_has_come_to_is_not_made_of_its_events_again() {
        appendOneByOne(1, 12);

        // Given a state that tells that it was used
        jdbc.sql("""
                update wallet_stream set state = jsonb_build_object('metres', 12000)
                where stream_id = :stream""").param("stream", stream).update();

        assertThat(store.load(stream).state()).isEqualTo(new Height(12_000));
        assertThat(locked().state()).isEqualTo(new Height(12_000));
        assertThat(store.load(stream, 12).state()).isEqualTo(new Height(12));
    }

    @Test
    void a_state_that_is_older_than_its_stream_is_passed_over_and_the_next_append_makes_it_new() {
        appendOneByOne(1, 12);

        // Given an append by who knows nothing of the state
        jdbc.sql("update wallet_stream set version = 13 where stream_id = :stream")
                .param("stream", stream)
                .update();
        jdbc.sql("""
                insert into wallet_event (stream_id, version, event_id, type, payload, recorded_at)
                select stream_id, 13, :id, 'WaterRose', '{"by": 1}', changed_at from wallet_stream
                where stream_id = :stream""").param("stream", stream).param("id", UUID.randomUUID()).update();

        assertThat(store.load(stream).state()).isEqualTo(new Height(13));
        assertThat(locked().state()).isEqualTo(new Height(13));
        store.append(store.load(stream), List.of(new Fell(3)));
        assertThat(jdbc.sql("select state::text from wallet_stream where stream_id = :stream and state_version = 14")
                        .param("stream", stream)
                        .query(String.class)
                        .single())
                .isEqualTo("{\"metres\": 10}");
    }

    @Test
    void a_snapshot_is_taken_when_many_events_at_once_pass_its_version() {
        appendOneByOne(1, 3);

        append(stream, 3, List.of(new Rose(1), new Rose(1), new Rose(1), new Rose(1)));
        assertThat(snapshotVersions()).containsExactly(7L);

        append(stream, 7, List.of(new Rose(1), new Rose(1)));
        assertThat(snapshotVersions()).containsExactly(7L);
        assertThatEveryVersionIsRight(9);
    }

    @Test
    void snapshots_are_taken_again_after_they_were_deleted() {
        appendOneByOne(1, 9);
        deleteSnapshots();

        appendOneByOne(10, 11);

        assertThat(snapshotVersions()).containsExactly(10L);
        assertThatEveryVersionIsRight(11);
    }

    @Test
    void time_does_not_go_back_within_a_stream_even_if_the_clock_does() {
        Instant first = append(stream, 0, List.of(new Rose(1)));
        Instant ahead = first.plus(Duration.ofHours(1));
        for (String time :
                List.of("wallet_event set recorded_at = recorded_at", "wallet_stream set changed_at = changed_at")) {
            jdbc.sql("update %s + interval '1 hour' where stream_id = :stream".formatted(time))
                    .param("stream", stream)
                    .update();
        }

        assertThat(append(stream, 1, List.of(new Rose(1)))).isEqualTo(ahead);
        assertThat(store.load(stream, ahead).version()).isEqualTo(2);
    }

    @Test
    void an_event_without_a_name_can_not_be_appended() {
        var forgetful = storeOf(Map.of("WaterRose", Rose.class));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> forgetful.append(forgetful.load(stream), List.of(new Fell(1))))
                .withMessageContaining("Fell has no name");
        assertThat(store.load(stream).version()).isZero();
    }

    @Test
    void an_event_of_an_unknown_name_says_what_to_do() {
        append(stream, 0, List.of(new Fell(1)));

        assertThatIllegalStateException()
                .isThrownBy(() -> storeOf(Map.of("WaterRose", Rose.class)).load(stream, 1))
                .withMessageContaining("'WaterFell'");
    }

    @Test
    void nothing_can_not_be_appended() {
        assertThatIllegalArgumentException().isThrownBy(() -> append(stream, 0, List.of()));
    }

    private Instant append(UUID id, long expectedVersion, List<Reading> events) {
        return store.append(at(id, expectedVersion), events);
    }

    private Append<Height, Reading> toAppend(UUID id, long expectedVersion, List<Reading> events) {
        return new Append<>(at(id, expectedVersion), events);
    }

    /** What the stream was at the version, or is before it has come that far. */
    private StreamState<Height> at(UUID id, long version) {
        return new StreamState<>(id, version, store.load(id, version).state(), null);
    }

    private StreamState<Height> locked() {
        return transactions.execute(transaction -> store.lock(List.of(stream)).get(stream));
    }

    /** Each raises the water by one, so that the height is the version. */
    private List<Instant> appendOneByOne(int firstVersion, int lastVersion) {
        return IntStream.rangeClosed(firstVersion, lastVersion)
                .mapToObj(version -> append(stream, version - 1, List.of(new Rose(1))))
                .toList();
    }

    private List<Long> snapshotVersions() {
        return jdbc.sql("select version from wallet_snapshot where stream_id = :stream order by version")
                .param("stream", stream)
                .query(Long.class)
                .list();
    }

    private void deleteSnapshots() {
        jdbc.sql("delete from wallet_snapshot where stream_id = :stream")
                .param("stream", stream)
                .update();
        emptyState();
    }

    private void emptyState() {
        jdbc.sql("update wallet_stream set state = null where stream_id = :stream")
                .param("stream", stream)
                .update();
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(Collections.nCopies(times, work))) {
                results.add(result.get());
            }
            return results;
        }
    }
}
