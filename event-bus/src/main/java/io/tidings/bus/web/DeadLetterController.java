package io.tidings.bus.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.bus.deadletter.DeadLetterCounts;
import io.tidings.bus.deadletter.DeadLetterEntry;
import io.tidings.bus.deadletter.DeadLetterFilter;
import io.tidings.bus.deadletter.DeadLetterList;
import io.tidings.bus.deadletter.DeadLetterState;
import io.tidings.bus.deadletter.ParkedKeys;
import io.tidings.bus.handling.MessageWaitsException;
import io.tidings.bus.handling.Redrive;
import io.tidings.bus.handling.Redrive.Target;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What operators can do about messages that could not be handled. */
@RestController
@RequestMapping("/dead-letters")
public final class DeadLetterController {

    private static final int MOST = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_WORDS = 1_000;
    private static final Set<DeadLetterState> PARKED = Stream.of(DeadLetterState.values())
            .filter(DeadLetterState::isParked)
            .collect(Collectors.toUnmodifiableSet());

    private final DeadLetterList list;
    private final ParkedKeys parkedKeys;
    private final Redrive redrive;

    public DeadLetterController(DeadLetterList list, ParkedKeys parkedKeys, Redrive redrive) {
        this.list = list;
        this.parkedKeys = parkedKeys;
        this.redrive = redrive;
    }

    /** The oldest first; those that are parked, unless a state is asked for. */
    @GetMapping
    @Operation(summary = "Lists dead letters, the oldest first.")
    DeadLetterPageResponse find(
            @RequestParam(required = false)
                    @Parameter(description = "FAILED, WAITING or DISCARDED; the first two if left out")
                    @Nullable
                    String state,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Parameter(description = "a part of it") @Nullable String reason,
            @RequestParam(defaultValue = "0") long cursor,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "1000") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.badRequest("limit", "must be from 1 to %,d".formatted(MOST));
        }
        DeadLetterFilter filter = new DeadLetterFilter(
                statesOf(state),
                readable("topic", topic),
                readable("key", key),
                readable("type", type),
                readable("reason", reason));
        List<DeadLetterEntry> found = list.find(filter, cursor, limit + 1);
        return DeadLetterPageResponse.of(found, limit);
    }

    private static Set<DeadLetterState> statesOf(@Nullable String state) {
        if (state == null) {
            return PARKED;
        }
        return Stream.of(DeadLetterState.values())
                .filter(known -> known.name().equals(state.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(Set::of)
                .orElseThrow(() -> Problem.badRequest(
                        "state", "must be one of %s".formatted(Arrays.toString(DeadLetterState.values()))));
    }

    private static @Nullable String readable(String field, @Nullable String given) {
        if (given != null && given.indexOf('\0') >= 0) {
            throw Problem.badRequest(field, "must not contain the character NUL");
        }
        return given;
    }

    @GetMapping("/counts")
    @Operation(summary = "Counts dead letters, and says for which reasons.")
    DeadLetterCounts counts() {
        return list.counts();
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a dead letter with content, headers and stack.")
    DeadLetterDetailResponse detail(@PathVariable UUID id) {
        return list.find(id)
                .flatMap(entry -> list.contentOf(id).map(content -> DeadLetterDetailResponse.of(entry, content)))
                .orElseThrow(() -> notThere(id));
    }

    /** Takes as much as can be taken in some seconds; asked again, it goes on. */
    @PostMapping("/redrive")
    @Operation(
            summary =
                    "Redrives one dead letter, those of a key or a type, or all, for some seconds; asked again, it goes on.")
    RedriveResponse redrive(@RequestBody RedriveRequest request) {
        Target target = targetOf(request);
        if (target instanceof Target.Message(UUID id)) {
            requireParked(id);
        }
        if (target instanceof Target.Key key
                && parkedKeys.named(key.topic(), key.key()).isEmpty()) {
            throw Problem.notFound("Nothing of key %s waits here.".formatted(key.key()));
        }
        try {
            return RedriveResponse.of(redrive.redrive(target), parkedKeys.extent());
        } catch (MessageWaitsException waits) {
            throw Problem.conflict(String.valueOf(waits.getMessage()));
        }
    }

    private static Target targetOf(RedriveRequest request) {
        boolean all = Boolean.TRUE.equals(request.all());
        long given = Stream.of(request.id() != null, request.key() != null, request.type() != null, all)
                .filter(Boolean::booleanValue)
                .count();
        if (given != 1) {
            throw Problem.badRequest(
                    "body", "must name exactly one of id, key (and perhaps its topic), type, or all: true");
        }
        if (request.topic() != null && request.key() == null) {
            throw Problem.badRequest("topic", "goes with a key only");
        }
        if (request.id() != null) {
            return new Target.Message(request.id());
        }
        if (request.key() != null) {
            return new Target.Key(
                    readable("topic", request.topic()), required("key", request.key(), Integer.MAX_VALUE));
        }
        return request.type() != null
                ? new Target.Type(required("type", request.type(), LONGEST_NAME))
                : new Target.All();
    }

    /** The caller's word for who it is counts only where nobody has to log in. */
    @DeleteMapping("/{id}")
    @Operation(summary = "Discards a dead letter.")
    DeadLetterDetailResponse discard(
            @PathVariable UUID id,
            @RequestParam(required = false)
                    @Parameter(description = "must be given: who discards it, 1 to 200 characters")
                    @Nullable
                    String by,
            @RequestParam(required = false)
                    @Parameter(description = "must be given: why, 1 to 1000 characters")
                    @Nullable
                    String reason,
            @Nullable Principal principal) {
        String who = principal == null ? required("by", by, LONGEST_NAME) : principal.getName();
        String why = required("reason", reason, LONGEST_WORDS);
        requireParked(id);
        return switch (redrive.discard(id, who, why)) {
            case DISCARDED -> detail(id);
            case NOT_THERE -> throw notThere(id);
            case BEING_REDRIVEN ->
                throw Problem.conflict("The dead letter is being redriven at this moment; look what came of it.");
        };
    }

    private static String required(String field, @Nullable String given, int longest) {
        if (given == null || given.isBlank() || given.length() > longest) {
            throw Problem.badRequest(
                    field,
                    longest == Integer.MAX_VALUE
                            ? "must not be empty"
                            : "must be 1 to %,d characters".formatted(longest));
        }
        return String.valueOf(readable(field, given));
    }

    private void requireParked(UUID id) {
        DeadLetterEntry entry = list.find(id).orElseThrow(() -> notThere(id));
        if (!entry.state().isParked()) {
            throw Problem.conflict("Dead letter %s was discarded already.".formatted(id));
        }
    }

    private static ErrorResponseException notThere(UUID id) {
        return Problem.notFound("There is no dead letter %s; it may have been redriven already.".formatted(id));
    }
}
