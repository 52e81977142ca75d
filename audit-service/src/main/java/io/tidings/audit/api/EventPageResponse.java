package io.tidings.audit.api;

import io.tidings.audit.domain.EventPage;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param next the cursor of the next page; null if this is the last */
record EventPageResponse(
        List<EventResponse> events, @Nullable UUID next) {

    static EventPageResponse of(EventPage page) {
        return new EventPageResponse(
                page.events().stream().map(EventResponse::of).toList(),
                page.isLast() ? null : page.events().getLast().eventId());
    }
}
