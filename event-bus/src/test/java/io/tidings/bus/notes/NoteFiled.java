package io.tidings.bus.notes;

import io.tidings.events.Event;
import io.tidings.events.EventType;

/** What the handler of a {@link NoteTaken} tells in turn. */
@EventType(name = "NoteFiled", version = 1, topic = "filed")
public record NoteFiled(String notebook, int page) implements Event {

    @Override
    public String key() {
        return notebook;
    }
}
