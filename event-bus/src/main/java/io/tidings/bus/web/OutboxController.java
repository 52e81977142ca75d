package io.tidings.bus.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.outbox.RefusedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What operators see of messages that can't leave. */
@RestController
public final class OutboxController {

    private static final int MOST = 1_000;

    private final Outbox outbox;

    public OutboxController(Outbox outbox) {
        this.outbox = outbox;
    }

    /** @param next the cursor of the next page; null if this is the last */
    record HeldPage(List<RefusedMessage> held, @Nullable Long next) {}

    /** The messages that the broker refuses, the oldest first. They leave by themselves once the broker takes them. */
    @GetMapping("/outbox/held")
    @Operation(summary = "Lists messages that the broker refuses, the oldest first.")
    HeldPage held(
            @RequestParam(defaultValue = "0") long cursor,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "1000") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.badRequest("limit", "must be from 1 to %,d".formatted(MOST));
        }
        List<RefusedMessage> found = outbox.refused(cursor, limit + 1);
        List<RefusedMessage> page = found.subList(0, Math.min(limit, found.size()));
        return new HeldPage(page, found.size() > limit ? page.getLast().position() : null);
    }
}
