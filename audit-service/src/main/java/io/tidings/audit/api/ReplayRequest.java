package io.tidings.audit.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.audit.domain.replay.ReplayOrder;
import io.tidings.bus.web.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told to whom again.
 *
 * @param rebuild whether the target is made again from nothing; true unless only a part is wanted
 * @param types names such as {@code ProductListed}
 * @param speed messages a second, at most
 * @param effects whether handlers that do something outside, such as writing to a customer, are called too; false if left out
 */
@Schema(example = """
        {"target": "search-service", "rebuild": true}""")
record ReplayRequest(
        @NotBlank(message = "must name a service, such as search-service")
        String target,

        @Nullable Boolean rebuild,

        @Nullable
        List<
                        @NotNull(message = "must be a text")
                        @Pattern(regexp = ReplayRequest.LINE_OF_TEXT, message = "must not contain control characters")
                        String>
                types,

        @Nullable
        List<
                        @NotNull(message = "must be a text")
                        @Pattern(regexp = ReplayRequest.LINE_OF_TEXT, message = "must not contain control characters")
                        String>
                keys,

        @Pattern(regexp = ReplayRequest.LINE_OF_TEXT, message = "must not contain control characters") @Nullable
        String correlationId,

        @Nullable Instant from,
        @Nullable Instant to,

        @Min(value = 1, message = "must be at least 1 message a second")
        @Max(value = 1_000_000, message = "must be at most 1000000 messages a second")
        @Nullable
        Integer speed,

        @Nullable Boolean effects) {

    /** Nothing that a database can't hold. */
    static final String LINE_OF_TEXT = "[^\\p{Cc}\\p{Cs}]*";

    /** @throws org.springframework.web.ErrorResponseException if its parts do not fit together */
    ReplayOrder toOrder() {
        InstantParameter.requireUsable("from", from);
        InstantParameter.requireUsable("to", to);
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.badRequest("from", "must be before to");
        }
        ReplayOrder order = new ReplayOrder(
                target,
                true,
                List.of(),
                types == null ? List.of() : types,
                keys == null ? List.of() : keys,
                correlationId,
                from,
                to,
                speed,
                Boolean.TRUE.equals(effects));
        if (Boolean.TRUE.equals(rebuild) && order.isPartial()) {
            throw Problem.badRequest("rebuild", "must be false if only a part of the messages is told again");
        }
        boolean whole = rebuild == null ? !order.isPartial() : rebuild;
        return new ReplayOrder(
                order.target(),
                whole,
                order.topics(),
                order.types(),
                order.keys(),
                order.correlationId(),
                order.from(),
                order.to(),
                order.speed(),
                order.effects());
    }
}
