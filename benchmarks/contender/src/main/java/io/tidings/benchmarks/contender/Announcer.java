package io.tidings.benchmarks.contender;

/** How a contender tells of an order. It is what contenders differ in. */
@FunctionalInterface
public interface Announcer {

    /** Called within the transaction that changes the order, after the change. */
    void announce(OrderChanged order);
}
