package io.tidings.bus.notes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The batches that a handler class prepared for. They are asked for by notebook: its application also hears, from the
 * topic that all tests of a JVM share, what other tests have told.
 */
public final class Batches {

    private final List<List<NoteTaken>> all = new CopyOnWriteArrayList<>();

    public void add(List<NoteTaken> notes) {
        all.add(List.copyOf(notes));
    }

    public void forget() {
        all.clear();
    }

    /** How many notes of a notebook there were in each batch that had one. */
    public List<Long> sizesOf(String notebook) {
        return all.stream()
                .map(batch -> batch.stream()
                        .filter(note -> note.notebook().equals(notebook))
                        .count())
                .filter(size -> size > 0)
                .toList();
    }
}
