package io.tidings.bus.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.EventHandler;
import io.tidings.bus.MessageRecorder;
import io.tidings.bus.PermanentFailure;
import io.tidings.bus.Projection;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.handling.Redrive;
import io.tidings.bus.handling.Redrive.Target;
import io.tidings.bus.handling.RedriveResult;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.bus.message.ReplayedMessage;
import io.tidings.bus.message.ReplayedMessage.Manner;
import io.tidings.bus.message.ReplayedMessage.Step;
import io.tidings.bus.notes.Batches;
import io.tidings.bus.notes.NoteApplication;
import io.tidings.bus.notes.NoteHandlers;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.bus.notes.Notebooks;
import io.tidings.bus.publishing.TransactionalEventBus;
import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.OnInfrastructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Handlers that do something outside are called once for each event, whenever a replay comes in between. */
@SpringBootTest(classes = NoteApplication.class, properties = "spring.application.name=letter-writer")
@Import({Notebooks.class, SparedHandlersTest.Letters.class, SparedHandlersTest.Rebuildable.class})
@OnInfrastructure({Part.KAFKA, Part.POSTGRES})
class SparedHandlersTest {

    private static final String NO_LETTER = "nobody can write to this reader";
    private static final Manner REBUILD = new Manner(false, false);
    private static final Manner REBUILD_WITH_EFFECTS = new Manner(false, true);
    private static final Manner AGAIN = new Manner(true, false);
    private static final Manner AGAIN_WITH_EFFECTS = new Manner(true, true);

    /** Writes to a reader about each note: as a row here, so that what is rolled back was not written. */
    static class Letters {

        private final JdbcTemplate jdbc;
        private final Batches batches = new Batches();
        private volatile boolean mended;

        Letters(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
            jdbc.execute("create table if not exists letter (position serial primary key, notebook text, page int)");
        }

        @BeforeBatch
        void prepare(List<NoteTaken> notes) {
            batches.add(notes);
        }

        @EventHandler(replayed = false)
        void on(NoteTaken note) {
            if (note.text().equals(NO_LETTER) && !mended) {
                throw new PermanentFailure("The reader has no address.");
            }
            jdbc.update("insert into letter (notebook, page) values (?, ?)", note.notebook(), note.page());
        }

        List<Integer> writtenOf(String notebook) {
            return jdbc.queryForList(
                    "select page from letter where notebook = ? order by position", Integer.class, notebook);
        }
    }

    /** What {@link NoteHandlers} write down can be made again. */
    static class Rebuildable {

        private final List<UUID> recorded = new CopyOnWriteArrayList<>();

        @Bean
        Projection applied() {
            return () -> Set.of("applied");
        }

        @Bean
        MessageRecorder recorder() {
            return new MessageRecorder() {
                @Override
                public Set<String> topics() {
                    return Set.of("notes");
                }

                @Override
                public void record(List<Envelope> messages) {
                    messages.forEach(message -> recorded.add(message.id()));
                }
            };
        }

        long timesRecorded(Envelope message) {
            return recorded.stream().filter(message.id()::equals).count();
        }
    }

    @Autowired
    Notebooks notebooks;

    @Autowired
    NoteHandlers handlers;

    @Autowired
    Letters letters;

    @Autowired
    Rebuildable rebuildable;

    @Autowired
    EnvelopeFactory envelopes;

    @Autowired
    TransactionalEventBus bus;

    @Autowired
    BatchProcessor live;

    @Autowired
    ReplayReceiver receiver;

    @Autowired
    Redrive redrive;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void what_is_published_during_a_rebuild_that_tells_it_too_reaches_the_spared_handler_when_it_comes_live() {
        // given
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, "published while live messages wait");
        UUID replay = UUID.randomUUID();
        receiver.receive(List.of(mark(replay, Step.BEGIN)));
        bus.pass(note);
        // when
        receiver.receive(List.of(told(replay, note, REBUILD), mark(replay, Step.END)));
        bus.pass(note);
        bus.pass(noteIn(notebook, "published afterwards"));
        // then
        notebooks.awaitApplied(notebook, 1, 2);
        assertThat(letters.writtenOf(notebook)).containsExactly(1, 2);
    }

    @Test
    void in_its_place_in_the_batch() {
        // given
        String notebook = notebooks.anyName();
        List<Envelope> notes = Stream.of("one", "two", "three", "four")
                .map(text -> noteIn(notebook, text))
                .toList();
        live.process(notes.subList(0, 1));
        rebuild(REBUILD, notes.get(0), notes.get(2));
        letters.batches.forget();
        handlers.batches().forget();
        // when
        live.process(notes);
        live.process(notes);
        // then
        assertThat(letters.writtenOf(notebook)).containsExactly(1, 2, 3, 4);
        assertThat(notebooks.applied(notebook)).containsExactly(1, 3, 2, 4);
        assertThat(letters.batches.sizesOf(notebook)).as("prepared for").containsExactly(3L);
        assertThat(handlers.batches().sizesOf(notebook))
                .as("prepared for by others")
                .containsExactly(2L);
    }

    @Test
    void without_being_recorded_again() {
        Envelope note = noteIn(notebooks.anyName(), "told, and then live");
        rebuild(REBUILD, note);
        long before = rebuildable.timesRecorded(note);

        live.process(List.of(note));

        assertThat(rebuildable.timesRecorded(note)).isEqualTo(before).isOne();
    }

    @Test
    void what_was_handled_live_before_a_rebuild_does_not_reach_it_again() {
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, "live, and then told");
        live.process(List.of(note));

        rebuild(REBUILD, note);
        live.process(List.of(note));

        assertThat(letters.writtenOf(notebook)).containsExactly(1);
        assertThat(notebooks.applied(notebook)).containsExactly(1);
    }

    @Test
    void nor_does_what_was_heard_between_two_rebuilds() {
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, "told, live, and told again");
        rebuild(REBUILD, note);
        live.process(List.of(note));

        rebuild(REBUILD, note);
        live.process(List.of(note));

        assertThat(letters.writtenOf(notebook)).containsExactly(1);
    }

    @Test
    void what_two_rebuilds_told_reaches_it_once() {
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, "told twice");
        rebuild(REBUILD, note);
        rebuild(REBUILD, note);

        live.process(List.of(note));
        live.process(List.of(note));

        assertThat(letters.writtenOf(notebook)).containsExactly(1);
        assertThat(notebooks.applied(notebook)).containsExactly(1);
    }

    @Test
    void what_was_told_again_by_itself_reaches_it_when_it_comes_live() {
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, "one of some");

        tellAgain(AGAIN, note);
        tellAgain(AGAIN, note);
        live.process(List.of(note));
        live.process(List.of(note));

        assertThat(letters.writtenOf(notebook)).containsExactly(1);
        assertThat(notebooks.applied(notebook)).containsExactly(1, 1);
    }

    @Test
    void what_was_handled_live_before_it_was_told_again_by_itself_does_not() {
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, "one of some that were handled");
        live.process(List.of(note));

        tellAgain(AGAIN, note);
        tellAgain(AGAIN, note);
        live.process(List.of(note));

        assertThat(letters.writtenOf(notebook)).containsExactly(1);
        assertThat(notebooks.applied(notebook)).containsExactly(1, 1, 1);
    }

    @Test
    void after_a_rebuild_that_was_canceled_it_comes_live_as_if_nothing_had_been() {
        String notebook = notebooks.anyName();
        Envelope fresh = noteIn(notebook, "not handled before");
        Envelope handled = noteIn(notebook, "handled before");
        live.process(List.of(handled));
        UUID replay = UUID.randomUUID();
        receiver.receive(
                List.of(mark(replay, Step.BEGIN), told(replay, fresh, REBUILD), told(replay, handled, REBUILD)));
        receiver.receive(List.of(mark(replay, Step.CANCEL)));

        live.process(List.of(fresh, handled));

        assertThat(letters.writtenOf(notebook)).containsExactly(2, 1);
        assertThat(notebooks.applied(notebook)).containsExactly(2, 1);
    }

    @Test
    void a_rebuild_with_effects_calls_it_and_the_live_message_does_not_again() {
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, "with effects");

        rebuild(REBUILD_WITH_EFFECTS, note);
        live.process(List.of(note));

        assertThat(letters.writtenOf(notebook)).containsExactly(1);
        assertThat(notebooks.applied(notebook)).containsExactly(1);
    }

    @Test
    void what_it_was_spared_and_then_told_with_effects_does_not_come_live_as_well() {
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, "first without, then with effects");

        rebuild(REBUILD, note);
        tellAgain(AGAIN_WITH_EFFECTS, note);
        live.process(List.of(note));

        assertThat(letters.writtenOf(notebook)).containsExactly(1);
        assertThat(notebooks.applied(notebook)).containsExactly(1, 1);
    }

    @Test
    void what_fails_then_is_a_dead_letter_that_is_redriven_to_it_alone() {
        // given
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, NO_LETTER);
        rebuild(REBUILD, note);
        // when
        live.process(List.of(note));
        live.process(List.of(note));
        live.process(List.of(noteIn(notebook, "waits behind it")));
        // then
        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1", "WAITING 2");
        // when
        letters.mended = true;
        RedriveResult result = redrive.redrive(new Target.Key("notes", notebook));
        letters.mended = false;
        // then
        assertThat(result).isEqualTo(new RedriveResult(2, 0, List.of(), true));
        assertThat(letters.writtenOf(notebook)).containsExactly(1, 2);
        assertThat(notebooks.applied(notebook)).containsExactly(1, 2);
        assertThat(rebuildable.timesRecorded(note)).isOne();
    }

    @Test
    void what_another_handler_could_not_take_in_the_rebuild_waits_for_that_one() {
        // given
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, NoteHandlers.POISON);
        rebuild(REBUILD, note);
        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1");
        // when
        live.process(List.of(note));
        // then
        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1", "WAITING 1");
        // when
        handlers.mend(notebook);
        redrive.redrive(new Target.Key("notes", notebook));
        // then
        assertThat(notebooks.parked(notebook)).isEmpty();
        assertThat(letters.writtenOf(notebook)).containsExactly(1);
        assertThat(notebooks.applied(notebook)).containsExactly(1);
    }

    @Test
    void what_fails_when_it_is_told_again_by_itself_is_a_dead_letter() {
        String notebook = notebooks.anyName();
        Envelope note = noteIn(notebook, NoteHandlers.POISON);
        live.process(List.of(note));
        redrive.discard(notebooks.deadLetter(notebook, 1), "an operator", "It can wait for the mended handler.");

        tellAgain(AGAIN, note);

        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 1");
    }

    private Envelope noteIn(String notebook, String text) {
        return envelopes.seal(notebooks.nextNote(notebook, text));
    }

    private void rebuild(Manner manner, Envelope... messages) {
        play(Step.BEGIN, manner, messages);
    }

    private void tellAgain(Manner manner, Envelope... messages) {
        play(Step.BEGIN_AGAIN, manner, messages);
    }

    private void play(Step beginning, Manner manner, Envelope... messages) {
        UUID replay = UUID.randomUUID();
        List<Envelope> steps = new ArrayList<>(List.of(mark(replay, beginning)));
        Stream.of(messages).map(message -> told(replay, message, manner)).forEach(steps::add);
        steps.add(mark(replay, Step.END));
        receiver.receive(steps);
    }

    private static Envelope mark(UUID replay, Step step) {
        return ReplayedMessage.mark(replay, "letter-writer", step, "/audit-service");
    }

    private static Envelope told(UUID replay, Envelope message, Manner manner) {
        return ReplayedMessage.wrap(replay, "letter-writer", message, manner);
    }
}
