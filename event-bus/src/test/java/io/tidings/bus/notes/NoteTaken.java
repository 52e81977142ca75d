package io.tidings.bus.notes;

import io.tidings.events.Event;
import io.tidings.events.EventType;

/** Something was written on a page of a notebook. */
@EventType(name = "NoteTaken", version = 1, topic = "notes")
public record NoteTaken(String notebook, int page, String text) implements Event {

    @Override
    public String key() {
        return notebook;
    }
}
