package io.tidings.bus.web;

import io.tidings.bus.deadletter.DeadLetterEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param next the cursor of the next page; null if this is the last */
record DeadLetterPageResponse(
        List<DeadLetterResponse> deadLetters, @Nullable Long next) {

    /** @param found one more than fits on the page, if there are more */
    static DeadLetterPageResponse of(List<DeadLetterEntry> found, int limit) {
        List<DeadLetterEntry> page = found.subList(0, Math.min(limit, found.size()));
        return new DeadLetterPageResponse(
                page.stream().map(DeadLetterResponse::of).toList(),
                found.size() > limit ? page.getLast().position() : null);
    }
}
