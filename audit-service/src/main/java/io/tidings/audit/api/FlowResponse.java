package io.tidings.audit.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tidings.audit.domain.flow.CauseTree;
import io.tidings.audit.domain.flow.FlowMessage;
import io.tidings.audit.domain.flow.FlowView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A flow in full.
 *
 * @param tree what caused what, from the root down: each message comes after its cause and is one deeper
 * @param whole whether all its messages are in the tree
 * @param related other flows that had to do with what it began
 */
record FlowResponse(
        @JsonUnwrapped FlowSummaryResponse summary, List<StepResponse> tree, boolean whole, List<String> related) {

    static FlowResponse of(FlowView view) {
        return new FlowResponse(
                FlowSummaryResponse.of(view.summary()),
                view.tree().steps().stream().map(StepResponse::of).toList(),
                view.isWhole(),
                view.related());
    }

    /**
     * A message.
     *
     * @param afterStartMillis since the first message of the flow
     * @param afterCauseMillis the time of the hop; null for a root
     * @param deadLetter whether this service could not handle it
     */
    record StepResponse(
            int depth,
            UUID eventId,
            @Nullable String causationId,
            String name,
            String type,
            String service,
            String topic,
            String key,
            Instant time,
            double afterStartMillis,
            @Nullable Double afterCauseMillis,
            boolean deadLetter) {

        static StepResponse of(CauseTree.Step step) {
            FlowMessage message = step.message();
            return new StepResponse(
                    step.depth(),
                    message.eventId(),
                    message.causationId(),
                    message.name(),
                    message.type(),
                    message.service(),
                    message.topic(),
                    message.key(),
                    message.time(),
                    FlowSummaryResponse.millis(step.afterStart()),
                    step.afterCause() == null ? null : FlowSummaryResponse.millis(step.afterCause()),
                    message.isDeadLetter());
        }
    }
}
