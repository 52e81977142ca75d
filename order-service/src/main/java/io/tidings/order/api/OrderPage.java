package io.tidings.order.api;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some of a user's orders, newest first.
 *
 * @param next give it as {@code cursor} to get the page after this one; null if this is the last
 */
record OrderPage(List<OrderResponse> orders, @Nullable UUID next) {

    static OrderPage of(List<OrderResponse> orders, int limit) {
        return new OrderPage(orders, orders.size() < limit ? null : orders.getLast().orderId());
    }
}
