package io.tidings.audit.api;

import io.swagger.v3.oas.annotations.Operation;
import io.tidings.audit.domain.replay.Consumption;
import io.tidings.audit.domain.replay.ConsumptionUnknownException;
import io.tidings.audit.domain.replay.Replay;
import io.tidings.audit.domain.replay.ReplayDesk;
import io.tidings.audit.domain.replay.ReplayOrder;
import io.tidings.audit.domain.replay.Replays;
import io.tidings.bus.web.Problem;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/replays")
class ReplayController {

    private static final Logger log = LoggerFactory.getLogger(ReplayController.class);

    private final Replays replays;
    private final ReplayDesk desk;
    private final Consumption consumption;
    private final Set<String> onlyWhole;
    private final boolean needsNoKafka;

    ReplayController(
            Replays replays,
            ReplayDesk desk,
            Consumption consumption,
            @Value("${tidings.replays.only-whole}") Set<String> onlyWhole,
            @Value("${tidings.bus:kafka}") String bus) {
        this.replays = replays;
        this.desk = desk;
        this.consumption = consumption;
        this.onlyWhole = Set.copyOf(onlyWhole);
        this.needsNoKafka = !bus.equals("kafka");
    }

    @PostMapping
    @Operation(summary = "Orders a replay: a projection is made again, or some messages are told again.")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReplayResponse order(@Valid @RequestBody ReplayRequest request) {
        if (needsNoKafka) {
            throw Problem.conflict("A replay travels over Kafka, and this system runs without it.");
        }
        ReplayOrder order = ofWhatIsHeard(request.toOrder());
        if (!replays.hasAny(order)) {
            throw Problem.unprocessable(
                    "types",
                    "must leave something to replay: no message that %s hears fits the request"
                            .formatted(order.target()));
        }
        return replays.order(order)
                .map(ReplayResponse::of)
                .orElseThrow(() ->
                        Problem.conflict("Another replay to %s is under way: wait for it, or cancel it (GET /replays)."
                                .formatted(order.target())));
    }

    private ReplayOrder ofWhatIsHeard(ReplayOrder order) {
        try {
            requireTarget(order);
            return order.of(consumption.topicsOf(order.target()));
        } catch (ConsumptionUnknownException away) {
            log.warn("A replay to {} was not ordered: {}", order.target(), away.getMessage());
            throw Problem.unavailable(
                    "Kafka does not tell which services can be told of the past, and what they hear, so nothing was ordered: /actuator/health says what is missing. Try again in 2 seconds.");
        }
    }

    private void requireTarget(ReplayOrder order) {
        String target = order.target();
        SortedSet<String> targets = consumption.targets();
        if (!targets.contains(target)) {
            throw Problem.unprocessable(
                    "target",
                    "must be a service that can be rebuilt (%s); %s"
                            .formatted(
                                    String.join(", ", targets),
                                    consumption.isKnown(target)
                                            ? "what %s keeps is not made of others' messages alone, so they can't make it again"
                                                    .formatted(target)
                                            : "there is no %s".formatted(target)));
        }
        if (!order.rebuild() && onlyWhole.contains(target)) {
            throw Problem.unprocessable(
                    "rebuild",
                    "must be true, without types, keys, correlationId, from and to: %s counts, and what it was told a second time would count twice"
                            .formatted(target));
        }
    }

    @GetMapping
    @Operation(summary = "Lists the newest hundred replays, the newest first.")
    ReplayListResponse list() {
        return new ReplayListResponse(
                replays.list().stream().map(ReplayResponse::of).toList());
    }

    /** @param replays the newest hundred */
    record ReplayListResponse(List<ReplayResponse> replays) {}

    @GetMapping("/{id}")
    @Operation(summary = "Shows a replay, and how far it has come.")
    ReplayResponse find(@PathVariable UUID id) {
        return ReplayResponse.of(known(id));
    }

    @PostMapping("/{id}/pause")
    @Operation(summary = "Pauses a replay.")
    ReplayResponse pause(@PathVariable UUID id) {
        return setPaused(id, true);
    }

    @PostMapping("/{id}/resume")
    @Operation(summary = "Lets a paused replay go on.")
    ReplayResponse resume(@PathVariable UUID id) {
        return setPaused(id, false);
    }

    private ReplayResponse setPaused(UUID id, boolean paused) {
        known(id);
        if (!replays.pause(id, paused)) {
            throw Problem.conflict("Replay %s has ended, or is being canceled.".formatted(id));
        }
        return find(id);
    }

    @PostMapping("/{id}/cancel")
    @Operation(summary = "Cancels a replay.")
    ReplayResponse cancel(@PathVariable UUID id) {
        known(id);
        if (!desk.cancel(id)) {
            throw Problem.conflict("Replay %s has ended, or is about to.".formatted(id));
        }
        return find(id);
    }

    private Replay known(UUID id) {
        return replays.find(id).orElseThrow(() -> Problem.notFound("There is no replay %s.".formatted(id)));
    }
}
