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

    /** @param found those of the page and, where there are more, one of the next */
    static OrderPage of(List<OrderResponse> found, int limit) {
        if (found.size() <= limit) {
            return new OrderPage(found, null);
        }
        List<OrderResponse> orders = found.subList(0, limit);
        return new OrderPage(orders, orders.getLast().orderId());
    }
}
