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
        statistics.answered(Count.INVENTORY_RESERVED, reserved.orderId(), reserved.fulfilment(), metadata.time());
    }

    @EventHandler
    void on(InventoryRejected rejected, EventMetadata metadata) {
        statistics.answered(Count.INVENTORY_REJECTED, rejected.orderId(), rejected.fulfilment(), metadata.time());
    }

    @EventHandler
    void on(InventoryReleased released, EventMetadata metadata) {
        statistics.answered(Count.INVENTORY_RELEASED, released.orderId(), released.fulfilment(), metadata.time());
    }

    @EventHandler
    void on(PaymentProcessed processed, EventMetadata metadata) {
        statistics.answered(Count.PAYMENTS_PROCESSED, processed.orderId(), processed.fulfilment(), metadata.time());
    }

    @EventHandler
    void on(PaymentFailed failed, EventMetadata metadata) {
        statistics.answered(Count.PAYMENTS_FAILED, failed.orderId(), failed.fulfilment(), metadata.time());
    }

    @EventHandler
    void on(PaymentRefunded refunded, EventMetadata metadata) {
        if (refunded.tookPlace()) {
            statistics.answered(Count.PAYMENTS_REFUNDED, refunded.orderId(), refunded.fulfilment(), metadata.time());
        }
    }

    @EventHandler
    void on(ShipmentCreated created, EventMetadata metadata) {
        statistics.answered(Count.SHIPMENTS_CREATED, created.orderId(), created.fulfilment(), metadata.time());
    }

    @EventHandler
    void on(ShipmentCanceled canceled, EventMetadata metadata) {
        statistics.answered(Count.SHIPMENTS_CANCELED, canceled.orderId(), canceled.fulfilment(), metadata.time());
    }
}
