package io.tidings.events;

import java.util.List;

/** The services of the shop, for those that listen to all of them. */
public final class Services {

    /** Those that handle messages, or may once do; audit-service records them as they come, and gives none up. */
    public static final List<String> WITH_DEAD_LETTERS = List.of(
            "user-service",
            "order-service",
            "payment-service",
            "warehouse-service",
            "shipping-service",
            "email-service",
            "analytics-service",
            "search-service",
            "recommendation-service");

    private Services() {}
}
