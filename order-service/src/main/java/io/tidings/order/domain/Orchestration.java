package io.tidings.order.domain;

/** Who has the orders fulfilled that do not find their way by themselves. */
public interface Orchestration {

    /** Begins with an order that is placed in this transaction. */
    void begin(Order order);

    /** Has undone what was done for an order that is canceled in this transaction. */
    void callOff(Order order, String reason);
}
