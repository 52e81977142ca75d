package io.tidings.analytics.handler;

import io.tidings.analytics.domain.Metric.Count;
import io.tidings.analytics.domain.Statistics;
import io.tidings.bus.EventHandler;
import io.tidings.bus.EventMetadata;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.events.user.UserCreated;
import org.springframework.stereotype.Component;

/** Counts what happened when it happened, and not when it was heard of. */
@Component
class AnalyticsHandlers {

    private final Statistics statistics;

    AnalyticsHandlers(Statistics statistics) {
        this.statistics = statistics;
    }

    @EventHandler
    void on(OrderPlaced placed, EventMetadata metadata) {
        statistics.orderPlaced(placed.orderId(), placed.total(), metadata.time());
    }

    @EventHandler
    void on(OrderCompleted completed, EventMetadata metadata) {
        statistics.orderEnded(completed.orderId(), Count.ORDERS_COMPLETED, metadata.time());
    }

    @EventHandler
    void on(OrderRejected rejected, EventMetadata metadata) {
        statistics.orderEnded(rejected.orderId(), Count.ORDERS_REJECTED, metadata.time());
    }

    @EventHandler
    void on(OrderCanceled canceled, EventMetadata metadata) {
        statistics.orderEnded(canceled.orderId(), Count.ORDERS_CANCELED, metadata.time());
    }

    @EventHandler
    void on(UserCreated created, EventMetadata metadata) {
        statistics.count(Count.USERS_CREATED, metadata.time());
    }

    @EventHandler
    void on(InventoryReserved reserved, EventMetadata metadata) {
        statistics.count(Count.INVENTORY_RESERVED, metadata.time());
    }

    @EventHandler
    void on(InventoryRejected rejected, EventMetadata metadata) {
        statistics.count(Count.INVENTORY_REJECTED, metadata.time());
    }

    @EventHandler
    void on(InventoryReleased released, EventMetadata metadata) {
        statistics.count(Count.INVENTORY_RELEASED, metadata.time());
    }

    @EventHandler
    void on(PaymentProcessed processed, EventMetadata metadata) {
        statistics.count(Count.PAYMENTS_PROCESSED, metadata.time());
    }

    @EventHandler
    void on(PaymentFailed failed, EventMetadata metadata) {
        statistics.count(Count.PAYMENTS_FAILED, metadata.time());
    }

    @EventHandler
    void on(PaymentRefunded refunded, EventMetadata metadata) {
        if (refunded.tookPlace()) {
            statistics.count(Count.PAYMENTS_REFUNDED, metadata.time());
        }
    }

    @EventHandler
    void on(ShipmentCreated created, EventMetadata metadata) {
        statistics.count(Count.SHIPMENTS_CREATED, metadata.time());
    }

    @EventHandler
    void on(ShipmentCanceled canceled, EventMetadata metadata) {
        statistics.count(Count.SHIPMENTS_CANCELED, metadata.time());
    }
}
