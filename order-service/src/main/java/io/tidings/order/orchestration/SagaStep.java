package io.tidings.order.orchestration;

/** How far the orchestration of an order has come. Forward first; then, if it fails, backward to where it began. */
public enum SagaStep {
    RESERVING,
    PAYING,
    SHIPPING,
    /** The order is fulfilled. */
    COMPLETED,

    CANCELING_SHIPMENT,
    REFUNDING,
    RELEASING,
    /** The order is not fulfilled, and what was done for it is undone. */
    COMPENSATED
}
