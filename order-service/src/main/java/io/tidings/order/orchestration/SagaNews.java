package io.tidings.order.orchestration;

/** What an orchestration can hear. */
public sealed interface SagaNews {

    /** All that the order needs is set aside. */
    record Reserved() implements SagaNews {}

    /** Something that the order needs is missing, so nothing is set aside. */
    record OutOfStock(String reason) implements SagaNews {}

    /** Nothing is set aside any more, and nothing will be. */
    record Released() implements SagaNews {}

    record Paid() implements SagaNews {}

    /** No money was taken. */
    record NotPaid(String reason) implements SagaNews {}

    /** No money is held any more, and none will be taken. */
    record Refunded() implements SagaNews {}

    record Shipped() implements SagaNews {}

    /** Nothing is on its way any more, and nothing will be. */
    record ShipmentCanceled() implements SagaNews {}

    /** The user does not want the order any more. */
    record Canceled(String reason) implements SagaNews {}

    /** The deadline of the current step has passed. */
    record NoAnswer() implements SagaNews {}
}
