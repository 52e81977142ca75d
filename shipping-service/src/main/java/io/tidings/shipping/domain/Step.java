package io.tidings.shipping.domain;

import io.tidings.events.Fulfilment;
import java.util.Optional;
import java.util.UUID;

/** What is done about the shipment of an order. */
sealed interface Step {

    record Ship(UUID userId, Fulfilment fulfilment) implements Step {}

    record CallBack() implements Step {}

    /** Remember that nothing is to be shipped. */
    record Decline() implements Step {}

    /**
     * What the news ask for.
     *
     * @param status where the shipment stands; empty if we have not heard of the order
     * @return nothing if it has been done already, or there is nothing to do
     */
    static Optional<Step> decide(Optional<ShipmentStatus> status, ShipmentNews news) {
        return switch (news) {
            case ShipmentNews.Paid(UUID userId, Fulfilment fulfilment) ->
                status.isPresent() ? Optional.empty() : Optional.of(new Ship(userId, fulfilment));
            case ShipmentNews.Canceled canceled ->
                status.isPresent() ? callBackIfOnItsWay(status.get()) : Optional.of(new Decline());
        };
    }

    private static Optional<Step> callBackIfOnItsWay(ShipmentStatus status) {
        return switch (status) {
            case CREATED -> Optional.of(new CallBack());
            case CANCELED, DECLINED -> Optional.empty();
        };
    }
}
