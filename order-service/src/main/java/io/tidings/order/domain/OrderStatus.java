package io.tidings.order.domain;

/** Where an order stands. All but {@code PLACED} are ends: they never change again. */
public enum OrderStatus {
    PLACED,
    COMPLETED,
    REJECTED,
    CANCELED
}
