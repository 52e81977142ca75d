package io.tidings.order.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an order ends.
 *
 * @param status one that never changes again
 * @param reason a sentence for the user, where there is need of one
 */
record Ending(OrderStatus status, @Nullable String reason) {

    /** What the news mean for an order; nothing if it has ended already, since the first ending stands. */
    static Optional<Ending> decide(OrderStatus status, OrderNews news) {
        return switch (status) {
            case PLACED ->
                Optional.of(
                        switch (news) {
                            case OrderNews.Shipped shipped -> new Ending(OrderStatus.COMPLETED, null);
                            case OrderNews.OutOfStock(String reason) -> new Ending(OrderStatus.REJECTED, reason);
                            case OrderNews.NotPaid(String reason) -> new Ending(OrderStatus.REJECTED, reason);
                            case OrderNews.GivenUp(String reason) -> new Ending(OrderStatus.REJECTED, reason);
                            case OrderNews.CancellationRequested(String reason) ->
                                new Ending(OrderStatus.CANCELED, reason);
                        });
            case COMPLETED, REJECTED, CANCELED -> Optional.empty();
        };
    }
}
