package io.tidings.order.domain;

/** What an order can hear after it was placed. */
public sealed interface OrderNews {

    /** It is on its way to the user. */
    record Shipped() implements OrderNews {}

    /** Something that it needs is not in stock. */
    record OutOfStock(String reason) implements OrderNews {}

    /** It could not be paid. */
    record NotPaid(String reason) implements OrderNews {}

    /** Its orchestrator could not have it fulfilled, and has had undone what was done. */
    record GivenUp(String reason) implements OrderNews {}

    /** The user does not want it any more. */
    record CancellationRequested(String reason) implements OrderNews {}
}
