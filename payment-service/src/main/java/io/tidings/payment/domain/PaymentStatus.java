package io.tidings.payment.domain;

/** Where the payment of an order stands. */
public enum PaymentStatus {
    /** It is heard of for the first time. Never seen outside of the transaction that hears of it. */
    EXPECTED,
    /** The order is paid. */
    PROCESSED,
    /** It could not be paid. */
    FAILED,
    /** It was paid, and the money is back. */
    REFUNDED,
    /** It was called off before it was to be paid, and won't be. */
    DECLINED
}
