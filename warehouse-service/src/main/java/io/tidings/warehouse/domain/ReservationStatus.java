package io.tidings.warehouse.domain;

/** Where the reservation of an order stands. */
public enum ReservationStatus {
    /** All that it needs is set aside. */
    RESERVED,
    /** Something was missing, so nothing was set aside. */
    REJECTED,
    /** What was set aside is free again. */
    RELEASED,
    /** What was set aside has left. */
    SHIPPED,
    /** The order was called off before we were to set anything aside. */
    DECLINED
}
