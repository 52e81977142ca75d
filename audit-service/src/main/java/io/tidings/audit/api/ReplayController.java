package io.tidings.audit.api;

import io.tidings.audit.domain.replay.Replay;
import io.tidings.audit.domain.replay.ReplayDesk;
import io.tidings.audit.domain.replay.ReplayOrder;
import io.tidings.audit.domain.replay.Replays;
import io.tidings.bus.web.Problem;
import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
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

    private final Replays replays;
    private final ReplayDesk desk;
    private final List<String> targets;
    private final boolean needsNoKafka;

    ReplayController(
            Replays replays,
            ReplayDesk desk,
            @Value("${tidings.replays.targets}") List<String> targets,
            @Value("${tidings.bus:kafka}") String bus) {
        this.replays = replays;
        this.desk = desk;
        this.targets = targets;
        this.needsNoKafka = !bus.equals("kafka");
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReplayResponse order(@Valid @RequestBody ReplayRequest request) {
        if (needsNoKafka) {
            throw Problem.conflict("A replay travels over Kafka, and this system runs without it.");
        }
        ReplayOrder order = request.toOrder();
        if (!targets.contains(order.target())) {
            throw Problem.unprocessable(
                    "target", "must be a service that can be rebuilt: " + String.join(", ", targets));
        }
        if (!replays.hasAny(order)) {
            throw Problem.unprocessable("types", "must leave something to replay: no message fits the request");
        }
        return replays.order(order)
                .map(ReplayResponse::of)
                .orElseThrow(() ->
                        Problem.conflict("Another replay to %s is under way: wait for it, or cancel it (GET /replays)."
                                .formatted(order.target())));
    }

    @GetMapping
    ReplayListResponse list() {
        return new ReplayListResponse(
                replays.list().stream().map(ReplayResponse::of).toList());
    }

    /** @param replays the newest hundred */
    record ReplayListResponse(List<ReplayResponse> replays) {}

    @GetMapping("/{id}")
    ReplayResponse find(@PathVariable UUID id) {
        return ReplayResponse.of(known(id));
    }

    @PostMapping("/{id}/pause")
    ReplayResponse pause(@PathVariable UUID id) {
        return setPaused(id, true);
    }

    @PostMapping("/{id}/resume")
    ReplayResponse resume(@PathVariable UUID id) {
        return setPaused(id, false);
    }

    private ReplayResponse setPaused(UUID id, boolean paused) {
        known(id);
        if (!replays.pause(id, paused)) {
            throw Problem.conflict("Replay %s has ended.".formatted(id));
        }
        return find(id);
    }

    @PostMapping("/{id}/cancel")
    ReplayResponse cancel(@PathVariable UUID id) {
        Replay replay = known(id);
        if (!desk.cancel(id)) {
            throw Problem.conflict(
                    replay.endedAt() != null
                            ? "Replay %s has ended.".formatted(id)
                            : "%s is being made again from nothing and would be left half made: let it end, or pause it."
                                    .formatted(replay.order().target()));
        }
        return find(id);
    }

    private Replay known(UUID id) {
        return replays.find(id).orElseThrow(() -> Problem.notFound("There is no replay %s.".formatted(id)));
    }
}
