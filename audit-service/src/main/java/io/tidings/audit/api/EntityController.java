package io.tidings.audit.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.tidings.audit.domain.entity.EntityType;
import io.tidings.audit.domain.entity.Histories;
import io.tidings.audit.domain.entity.History;
import io.tidings.audit.domain.entity.HistoryTooLongException;
import io.tidings.bus.web.Problem;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/entities")
class EntityController {

    private final Histories histories;

    EntityController(Histories histories) {
        this.histories = histories;
    }

    @GetMapping("/{type}/{id}")
    @Operation(summary = "Shows what was true of an order, user, product or account, and what each message changed.")
    EntityResponse find(
            @PathVariable String type,
            @PathVariable String id,
            @RequestParam(required = false)
                    @Parameter(description = "in the past; not together with position")
                    @Nullable
                    Instant asOf,
            @RequestParam(required = false)
                    @Parameter(description = "of the last message that counts, from 1 on")
                    @Nullable
                    Integer position) {
        EntityType known = EntityType.of(type)
                .orElseThrow(() -> Problem.badRequest("type", "must be one of " + EntityType.words()));
        requireInThePast(asOf);
        if (asOf != null && position != null) {
            throw Problem.badRequest("position", "must not be given together with asOf");
        }
        History whole = historyOf(known, idOf(known, id));
        History upToThere = asOf != null ? asOf(asOf, whole, id) : position != null ? upTo(position, whole) : whole;
        return EntityResponse.of(known, id, asOf, upToThere, whole);
    }

    private static void requireInThePast(@Nullable Instant asOf) {
        InstantParameter.requireUsable("asOf", asOf);
        if (asOf != null && asOf.isAfter(Instant.now())) {
            throw Problem.badRequest("asOf", "must not be in the future, which has not happened yet");
        }
    }

    private static String idOf(EntityType type, String id) {
        if (type == EntityType.PRODUCT) {
            return id;
        }
        try {
            return UUID.fromString(id).toString();
        } catch (IllegalArgumentException otherForm) {
            throw Problem.badRequest("id", "must be a UUID");
        }
    }

    private History historyOf(EntityType type, String id) {
        try {
            History history = histories.of(type, id);
            if (history.steps().isEmpty()) {
                throw Problem.notHeardOf("Nobody has told anything of %s %s.".formatted(type.word(), id));
            }
            return history;
        } catch (HistoryTooLongException tooLong) {
            throw Problem.unprocessable(
                    "id",
                    "has more than %,d messages, or more than %d MiB of them, too much for one history: page through GET /events?key=%s"
                            .formatted(Histories.LONGEST, Histories.LARGEST, id));
        }
    }

    private static History asOf(Instant time, History whole, String id) {
        History then = whole.asOf(time);
        if (then.steps().isEmpty()) {
            throw Problem.notFound("Nothing had been told of %s at %s: the first message is of %s."
                    .formatted(id, time, whole.steps().getFirst().event().occurredAt()));
        }
        return then;
    }

    private static History upTo(int position, History whole) {
        if (position < 1 || position > whole.steps().size()) {
            throw Problem.badRequest(
                    "position", "must be from 1 to %d".formatted(whole.steps().size()));
        }
        return whole.upTo(position);
    }
}
