package io.tidings.benchmarks.harness;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * A question to a service at its own door.
 *
 * @param path and query
 */
record RestRead(String service, String path) {

    private static final int SCATTERED = 7_919;

    /**
     * What may be asked about an order of the past and its customer, and about one of today.
     *
     * @param number of the question: each is about other orders, scattered over the past
     * @param orders of today
     * @param customers of today
     */
    static List<RestRead> about(int number, PastOrders past, List<UUID> orders, List<UUID> customers) {
        int former = 1 + Math.floorMod(number * SCATTERED, past.customers());
        UUID formerCustomer = past.customer(former);
        UUID oldOrder = past.order(1 + Math.floorMod(number * SCATTERED, past.number()));
        UUID order = orders.get(Math.floorMod(number * SCATTERED, orders.size()));
        UUID customer = customers.get(number % customers.size());
        Instant hour =
                Instant.ofEpochMilli(past.begin()).truncatedTo(ChronoUnit.DAYS).plus(15, ChronoUnit.DAYS);
        return List.of(
                new RestRead("user-service", "/users/" + formerCustomer),
                new RestRead("order-service", "/orders/" + oldOrder),
                new RestRead("order-service", "/orders/" + order),
                new RestRead("order-service", "/orders?userId=" + formerCustomer),
                new RestRead("payment-service", "/payments/" + oldOrder),
                new RestRead("payment-service", "/accounts/" + formerCustomer),
                new RestRead("payment-service", "/accounts/" + customer),
                new RestRead("warehouse-service", "/reservations/" + oldOrder),
                new RestRead("warehouse-service", "/stock/product-" + (1 + number % 50)),
                new RestRead("shipping-service", "/shipments/" + oldOrder),
                new RestRead("email-service", "/emails?limit=20&userId=" + formerCustomer),
                new RestRead("email-service", "/emails?limit=20&status=SENT"),
                new RestRead("audit-service", "/events?key=" + oldOrder),
                new RestRead("audit-service", "/flows/" + oldOrder),
                new RestRead("audit-service", "/flows/" + order),
                new RestRead("audit-service", "/flows?limit=20"),
                new RestRead("audit-service", "/entities/order/" + oldOrder),
                new RestRead("audit-service", "/entities/order/" + order),
                new RestRead("search-service", "/search?q=" + past.familyName(former)),
                new RestRead("search-service", "/search?q=product"),
                new RestRead("recommendation-service", "/recommendations/" + formerCustomer),
                new RestRead("recommendation-service", "/recommendations/" + customer),
                new RestRead("analytics-service", "/analytics/summary"),
                new RestRead(
                        "analytics-service",
                        "/analytics/summary?from=%s&to=%s".formatted(hour, hour.plus(1, ChronoUnit.HOURS))),
                new RestRead("analytics-service", "/analytics/series?metric=orders-completed&bucket=hour"));
    }
}
