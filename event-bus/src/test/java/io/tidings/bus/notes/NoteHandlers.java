package io.tidings.bus.notes;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.EventBus;
import io.tidings.bus.EventHandler;
import io.tidings.bus.EventMetadata;
import io.tidings.bus.EventSelector;
import io.tidings.bus.PermanentFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes down what it hears; a note's text can make it fail. */
@Component
public class NoteHandlers {

    public static final String POISON = "can never work";
    public static final String HOPELESS = "fails each time";
    public static final String FLAKY = "fails twice";
    public static final String BROKEN = "breaks the handler";
    public static final String FILE_IT = "file it";
    public static final String CUT_OFF = "cuts the connection once";
    public static final String OF_NO_USE = "is of no use";
    public static final String UNDECIDED = "may be of use or not";

    private final JdbcTemplate jdbc;
    private final EventBus eventBus;
    private final Batches batches = new Batches();
    private final Map<NoteTaken, Integer> attempts = new ConcurrentHashMap<>();
    private final Map<NoteTaken, EventMetadata> metadata = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final Set<String> mended = ConcurrentHashMap.newKeySet();

    NoteHandlers(JdbcTemplate jdbc, EventBus eventBus) {
        this.jdbc = jdbc;
        this.eventBus = eventBus;
    }

    @EventSelector
    boolean isOfUse(NoteTaken note) {
        if (note.text().equals(UNDECIDED)) {
            throw new PermanentFailure("Nobody can say whether this is of use.");
        }
        return !note.text().equals(OF_NO_USE);
    }

    @BeforeBatch
    void prepare(List<NoteTaken> notes) {
        batches.add(notes);
    }

    @EventHandler
    void on(NoteTaken note, EventMetadata itsMetadata) {
        metadata.put(note, itsMetadata);
        int attempt = attempts.merge(note, 1, Integer::sum);
        jdbc.update("insert into applied (id, page, text) values (?, ?, ?)", note.notebook(), note.page(), note.text());
        waitIfHeld(note.notebook());
        if (mended.contains(note.notebook())) {
            return;
        }
        switch (note.text()) {
            case CUT_OFF -> {
                if (attempt == 1) {
                    jdbc.execute("select pg_terminate_backend(pg_backend_pid())");
                }
            }
            case POISON -> throw new PermanentFailure("Nobody can read this.");
            case HOPELESS -> throw new UncheckedIOException(new IOException("The archive does not answer."));
            case BROKEN -> throw new AssertionError("This can't be.");
            case FLAKY -> {
                if (attempt <= 2) {
                    throw new UncheckedIOException(new IOException("The archive does not answer yet."));
                }
            }
            case FILE_IT -> eventBus.publish(new NoteFiled(note.notebook(), note.page()));
            default -> {}
        }
    }

    /** Lets the handler wait, within its transaction, at each note of a notebook until this is counted down. */
    public CountDownLatch hold(String notebook) {
        CountDownLatch gate = new CountDownLatch(1);
        held.put(notebook, gate);
        return gate;
    }

    private void waitIfHeld(String notebook) {
        try {
            CountDownLatch gate = held.get(notebook);
            if (gate != null && !gate.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody let the handler go on.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on every note of a notebook can be handled, as if somebody had deployed better code. */
    public void mend(String notebook) {
        mended.add(notebook);
    }

    /** How many notes the batches held. */
    public Batches batches() {
        return batches;
    }

    public int attemptsAt(NoteTaken note) {
        return attempts.getOrDefault(note, 0);
    }

    public EventMetadata metadataOf(NoteTaken note) {
        return metadata.get(note);
    }
}
