package io.tidings.shipping.domain;

import io.tidings.events.Fulfilment;
import java.util.UUID;

/** What the shipment of an order can hear. */
sealed interface ShipmentNews {

    /** The order is paid. */
    record Paid(UUID userId, Fulfilment fulfilment) implements ShipmentNews {}

    /** The user does not want it any more. */
    record Canceled() implements ShipmentNews {}

    /** Its orchestrator asks for it, and wants an answer. */
    record Asked(UUID userId) implements ShipmentNews {}

    /** Its orchestrator wants it back, or not to leave at all, and wants an answer. */
    record AskedBack() implements ShipmentNews {}
}
