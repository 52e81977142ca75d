package io.tidings.audit.domain.entity;

import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order, as all services together see it. Each of them tells its own part, so nothing here waits for anything else: a
 * part is as its service told it last.
 *
 * @param status null if nobody has told yet
 * @param reason why it ended without being fulfilled
 * @param stock what became of it
 */
public record OrderState(
        @Nullable UUID userId,
        @Nullable Status status,
        @Nullable Fulfilment fulfilment,
        List<OrderLine> lines,
        @Nullable Money total,
        @Nullable String reason,
        @Nullable Stock stock,
        @Nullable Payment payment,
        @Nullable String paymentFailure,
        @Nullable Shipment shipment,
        @Nullable UUID shipmentId)
        implements EntityState {

    /** Of the order itself. */
    public enum Status {
        PLACED,
        COMPLETED,
        REJECTED,
        CANCELED
    }

    /** Of what it needs. */
    public enum Stock {
        RESERVED,
        MISSING,
        RELEASED
    }

    /** Of its price. */
    public enum Payment {
        PROCESSED,
        FAILED,
        REFUNDED
    }

    /** Of the parcel. */
    public enum Shipment {
        CREATED,
        CANCELED
    }

    static final OrderState UNKNOWN =
            new OrderState(null, null, null, List.of(), null, null, null, null, null, null, null);

    OrderState after(OrderFact fact) {
        return switch (fact) {
            case OrderFact.Placed placed ->
                new OrderState(
                        placed.userId(),
                        status == null ? Status.PLACED : status,
                        placed.fulfilment(),
                        List.copyOf(placed.lines()),
                        placed.total(),
                        reason,
                        stock,
                        payment,
                        paymentFailure,
                        shipment,
                        shipmentId);
            case OrderFact.Completed completed -> ended(Status.COMPLETED, null);
            case OrderFact.Rejected(var because) -> ended(Status.REJECTED, because);
            case OrderFact.Canceled(var because) -> ended(Status.CANCELED, because);
            case OrderFact.StockReserved reserved -> with(Stock.RESERVED);
            case OrderFact.StockMissing missing -> with(Stock.MISSING);
            case OrderFact.StockReleased released -> with(Stock.RELEASED);
            case OrderFact.Paid paid -> with(Payment.PROCESSED, null);
            case OrderFact.NotPaid(var because) -> with(Payment.FAILED, because);
            case OrderFact.Refunded refunded -> with(Payment.REFUNDED, paymentFailure);
            case OrderFact.Shipped(var id) -> with(Shipment.CREATED, id);
            case OrderFact.ShipmentCalledOff off -> with(Shipment.CANCELED, shipmentId);
        };
    }

    private OrderState ended(Status how, @Nullable String because) {
        return new OrderState(
                userId, how, fulfilment, lines, total, because, stock, payment, paymentFailure, shipment, shipmentId);
    }

    private OrderState with(Stock now) {
        return new OrderState(
                userId, status, fulfilment, lines, total, reason, now, payment, paymentFailure, shipment, shipmentId);
    }

    private OrderState with(Payment now, @Nullable String because) {
        return new OrderState(
                userId, status, fulfilment, lines, total, reason, stock, now, because, shipment, shipmentId);
    }

    private OrderState with(Shipment now, @Nullable UUID id) {
        return new OrderState(
                userId, status, fulfilment, lines, total, reason, stock, payment, paymentFailure, now, id);
    }
}
