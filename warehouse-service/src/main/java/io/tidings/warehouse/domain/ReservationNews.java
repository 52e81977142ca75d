package io.tidings.warehouse.domain;

import io.tidings.events.inventory.MissingStock;
import java.util.List;

/** What the reservation of an order can hear. */
sealed interface ReservationNews {

    /**
     * Set aside what the order needs.
     *
     * @param missing what is not there of it
     */
    record Requested(StockRequest request, List<MissingStock> missing) implements ReservationNews {}

    /** The order will not be shipped: it was canceled or not paid. */
    record CalledOff() implements ReservationNews {}

    /**
     * Its orchestrator asks to set aside what the order needs, and wants an answer.
     *
     * @param missing what is not there of it
     */
    record ReservationAsked(StockRequest request, List<MissingStock> missing) implements ReservationNews {}

    /** Its orchestrator asks to give it back, or never to set it aside, and wants an answer. */
    record ReleaseAsked() implements ReservationNews {}

    /** The order was completed. */
    record Shipped() implements ReservationNews {}
}
