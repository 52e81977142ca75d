package io.tidings.order.orchestration;

import static io.tidings.order.orchestration.SagaStep.CANCELING_SHIPMENT;
import static io.tidings.order.orchestration.SagaStep.COMPENSATED;
import static io.tidings.order.orchestration.SagaStep.COMPLETED;
import static io.tidings.order.orchestration.SagaStep.PAYING;
import static io.tidings.order.orchestration.SagaStep.REFUNDING;
import static io.tidings.order.orchestration.SagaStep.RELEASING;
import static io.tidings.order.orchestration.SagaStep.RESERVING;
import static io.tidings.order.orchestration.SagaStep.SHIPPING;

import io.tidings.order.orchestration.SagaNews.Canceled;
import io.tidings.order.orchestration.SagaNews.NoAnswer;
import io.tidings.order.orchestration.SagaNews.NotPaid;
import io.tidings.order.orchestration.SagaNews.OutOfStock;
import io.tidings.order.orchestration.SagaNews.Paid;
import io.tidings.order.orchestration.SagaNews.Refunded;
import io.tidings.order.orchestration.SagaNews.Released;
import io.tidings.order.orchestration.SagaNews.Reserved;
import io.tidings.order.orchestration.SagaNews.ShipmentCanceled;
import io.tidings.order.orchestration.SagaNews.Shipped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an orchestration stands. All that is known of what comes next in the life of an orchestrated order is in {@link
 * #decide}: it is a <a href="https://www.enterpriseintegrationpatterns.com/patterns/messaging/ProcessManager.html">process
 * manager</a> without its plumbing.
 *
 * @param attempts how often the request of this step was sent
 * @param reason why it goes backward, as a sentence for the user; null as long as it goes forward
 */
record SagaState(SagaStep step, int attempts, @Nullable String reason) {

    /** Where each begins. */
    static SagaDecision begin() {
        return new SagaState(RESERVING, 1, null).asking(Request.RESERVE);
    }

    /**
     * What follows from news. What may have been done is undone, whether or not it was confirmed, in reverse; what is
     * heard to have been done nevertheless, when its turn has passed, is undone then.
     *
     * @param attemptsAllowed how often a request is sent before its answer is given up
     */
    static SagaDecision decide(SagaState saga, SagaNews news, int attemptsAllowed) {
        return switch (news) {
            case Reserved() ->
                switch (saga.step) {
                    case RESERVING -> saga.enter(PAYING);
                    case COMPENSATED -> saga.asking(Request.RELEASE);
                    case PAYING, SHIPPING, COMPLETED, CANCELING_SHIPMENT, REFUNDING, RELEASING -> saga.staying();
                };
            case OutOfStock(String reason) ->
                switch (saga.step) {
                    case RESERVING -> saga.because(reason).enter(COMPENSATED);
                    case PAYING, SHIPPING, COMPLETED, CANCELING_SHIPMENT, REFUNDING, RELEASING, COMPENSATED ->
                        saga.staying();
                };
            case Released() ->
                switch (saga.step) {
                    case RESERVING ->
                        saga.because("warehouse-service declined to set anything aside.")
                                .enter(COMPENSATED);
                    case RELEASING -> saga.enter(COMPENSATED);
                    case PAYING, SHIPPING, COMPLETED, CANCELING_SHIPMENT, REFUNDING, COMPENSATED -> saga.staying();
                };
            case Paid() ->
                switch (saga.step) {
                    case PAYING -> saga.enter(SHIPPING);
                    case RELEASING, COMPENSATED -> saga.asking(Request.REFUND);
                    case RESERVING, SHIPPING, COMPLETED, CANCELING_SHIPMENT, REFUNDING -> saga.staying();
                };
            case NotPaid(String reason) ->
                switch (saga.step) {
                    case PAYING -> saga.because(reason).enter(RELEASING);
                    case RESERVING, SHIPPING, COMPLETED, CANCELING_SHIPMENT, REFUNDING, RELEASING, COMPENSATED ->
                        saga.staying();
                };
            case Refunded() ->
                switch (saga.step) {
                    case PAYING ->
                        saga.because("payment-service declined to take the payment.")
                                .enter(RELEASING);
                    case REFUNDING -> saga.enter(RELEASING);
                    case RESERVING, SHIPPING, COMPLETED, CANCELING_SHIPMENT, RELEASING, COMPENSATED -> saga.staying();
                };
            case Shipped() ->
                switch (saga.step) {
                    case SHIPPING -> saga.enter(COMPLETED);
                    case REFUNDING, RELEASING, COMPENSATED -> saga.asking(Request.CANCEL_SHIPMENT);
                    case RESERVING, PAYING, COMPLETED, CANCELING_SHIPMENT -> saga.staying();
                };
            case ShipmentCanceled() ->
                switch (saga.step) {
                    case SHIPPING ->
                        saga.because("shipping-service declined to ship it.").enter(REFUNDING);
                    case CANCELING_SHIPMENT -> saga.enter(REFUNDING);
                    case RESERVING, PAYING, COMPLETED, REFUNDING, RELEASING, COMPENSATED -> saga.staying();
                };
            case Canceled(String reason) ->
                switch (saga.step) {
                    case RESERVING, PAYING, SHIPPING -> saga.because(reason).enter(undoing(saga.step));
                    case COMPLETED, CANCELING_SHIPMENT, REFUNDING, RELEASING, COMPENSATED -> saga.staying();
                };
            case NoAnswer() ->
                switch (saga.step) {
                    case RESERVING, PAYING, SHIPPING ->
                        saga.attempts < attemptsAllowed
                                ? saga.asksAgain()
                                : saga.because("%s did not answer.".formatted(serviceAsked(saga.step)))
                                        .enter(undoing(saga.step));
                    // What was asked for lies on a topic and will be done: nobody must wait for the confirmation.
                    case CANCELING_SHIPMENT, REFUNDING, RELEASING ->
                        saga.attempts < attemptsAllowed ? saga.asksAgain() : saga.enter(undoing(saga.step));
                    case COMPLETED, COMPENSATED -> saga.staying();
                };
        };
    }

    /** What undoes the last thing that may have been done. */
    private static SagaStep undoing(SagaStep step) {
        return switch (step) {
            case SHIPPING -> CANCELING_SHIPMENT;
            case PAYING, CANCELING_SHIPMENT -> REFUNDING;
            case RESERVING, REFUNDING -> RELEASING;
            case RELEASING, COMPENSATED -> COMPENSATED;
            case COMPLETED -> throw new IllegalArgumentException("What is completed is not undone.");
        };
    }

    static String serviceAsked(SagaStep step) {
        return switch (step) {
            case RESERVING, RELEASING -> "warehouse-service";
            case PAYING, REFUNDING -> "payment-service";
            case SHIPPING, CANCELING_SHIPMENT -> "shipping-service";
            case COMPLETED, COMPENSATED -> "nobody";
        };
    }

    private static Optional<Request> requestOf(SagaStep step) {
        return switch (step) {
            case RESERVING -> Optional.of(Request.RESERVE);
            case PAYING -> Optional.of(Request.PAY);
            case SHIPPING -> Optional.of(Request.SHIP);
            case CANCELING_SHIPMENT -> Optional.of(Request.CANCEL_SHIPMENT);
            case REFUNDING -> Optional.of(Request.REFUND);
            case RELEASING -> Optional.of(Request.RELEASE);
            case COMPLETED, COMPENSATED -> Optional.empty();
        };
    }

    /** Whether it waits for an answer. */
    boolean waits() {
        return requestOf(step).isPresent();
    }

    private SagaState because(String why) {
        return new SagaState(step, attempts, why);
    }

    private SagaDecision enter(SagaStep next) {
        Optional<Request> request = requestOf(next);
        return new SagaDecision(
                new SagaState(next, request.isPresent() ? 1 : 0, reason),
                request.stream().toList());
    }

    private SagaDecision asksAgain() {
        return new SagaDecision(
                new SagaState(step, attempts + 1, reason),
                requestOf(step).stream().toList());
    }

    private SagaDecision asking(Request request) {
        return new SagaDecision(this, List.of(request));
    }

    private SagaDecision staying() {
        return new SagaDecision(this, List.of());
    }
}
