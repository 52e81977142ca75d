package io.tidings.order.api;

import io.tidings.events.Fulfilment;
import io.tidings.order.orchestration.Saga;
import io.tidings.order.orchestration.SagaStep;
import io.tidings.order.orchestration.StepTaken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far the orchestration of an order has come.
 *
 * @param attempts how often the command of the current step was sent
 * @param deadline when its answer must be there; null if none is waited for
 * @param reason why it goes backward; null as long as it goes forward
 * @param steps those that were taken, in their order
 */
record SagaResponse(
        UUID orderId,
        Fulfilment fulfilment,
        SagaStep step,
        int attempts,
        @Nullable Instant deadline,
        @Nullable String reason,
        List<Step> steps) {

    /** @param endedAt null if it is the current one */
    record Step(
            SagaStep step,
            int attempts,
            Instant beganAt,
            @Nullable Instant endedAt) {}

    static SagaResponse of(Saga saga) {
        return new SagaResponse(
                saga.orderId(),
                Fulfilment.ORCHESTRATION,
                saga.step(),
                saga.attempts(),
                saga.deadline().orElse(null),
                saga.reason().orElse(null),
                steps(saga.stepsTaken()));
    }

    private static List<Step> steps(List<StepTaken> taken) {
        List<Step> steps = new ArrayList<>();
        for (int each = 0; each < taken.size(); each++) {
            StepTaken step = taken.get(each);
            Instant endedAt = each + 1 < taken.size() ? taken.get(each + 1).beganAt() : null;
            steps.add(new Step(step.step(), step.attempts(), step.beganAt(), endedAt));
        }
        return steps;
    }
}
