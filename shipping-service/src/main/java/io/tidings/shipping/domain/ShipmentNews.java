package io.tidings.shipping.domain;

import io.tidings.events.Fulfilment;
import java.util.UUID;

/** What the shipment of an order can hear. */
sealed interface ShipmentNews {

    /** The order is paid. */
    record Paid(UUID userId, Fulfilment fulfilment) implements ShipmentNews {}

    /** The user does not want it any more. */
    record Canceled() implements ShipmentNews {}
}
