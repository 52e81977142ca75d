package io.tidings.email.domain;

import java.util.UUID;

/** What a mail tells its reader. */
public enum EmailKind {
    /** The user signed up. */
    WELCOME,
    /** The order is on its way. */
    ORDER_COMPLETED,
    /** The order can't be fulfilled. */
    ORDER_REJECTED,
    /** The order was called off. */
    ORDER_CANCELED,
    /** Something needs an operator. */
    ALERT;

    /** The line that the reader sees first; made of nothing that a user has typed. */
    String subject(UUID regarding) {
        return switch (this) {
            case WELCOME -> "Welcome to Tidings";
            case ORDER_COMPLETED -> "Your order %s is on its way".formatted(regarding);
            case ORDER_REJECTED -> "We can't deliver your order %s".formatted(regarding);
            case ORDER_CANCELED -> "Your order %s is canceled".formatted(regarding);
            case ALERT -> "Alert %s: an operator is needed".formatted(regarding);
        };
    }
}
