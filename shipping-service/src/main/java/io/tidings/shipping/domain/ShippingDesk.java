package io.tidings.shipping.domain;

import io.tidings.bus.EventBus;
import io.tidings.bus.PerTransaction;
import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Fulfilment;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Ships orders that are paid, and calls back those that are canceled. */
@Service
@Transactional
public class ShippingDesk {

    private final Shipments shipments;
    private final EventBus eventBus;

    /** Orders that the transaction knows to have no shipment yet: most of a batch, and each would cost a query. */
    private final PerTransaction<Set<UUID>> newOrders = new PerTransaction<>(HashSet::new);

    ShippingDesk(Shipments shipments, EventBus eventBus) {
        this.shipments = shipments;
        this.eventBus = eventBus;
    }

    /** Loads and locks the shipments that this transaction is about. */
    public void prepare(Collection<UUID> orderIds) {
        newOrders.get().addAll(orderIds);
        shipments
                .lock(orderIds.toArray(UUID[]::new))
                .forEach(known -> newOrders.get().remove(known.orderId()));
    }

    /** Ships an order, unless that was done, or the order is known to be canceled. */
    public void ship(UUID orderId, UUID userId, Fulfilment fulfilment) {
        hear(orderId, new ShipmentNews.Paid(userId, fulfilment));
    }

    /** Calls the shipment of an order back, or remembers not to ship it. */
    public void cancel(UUID orderId) {
        hear(orderId, new ShipmentNews.Canceled());
    }

    /** As {@link #ship}, and tells the orchestrator what became of it, however often it asks. */
    public void shipAndAnswer(UUID orderId, UUID userId) {
        hear(orderId, new ShipmentNews.Asked(userId));
    }

    /** As {@link #cancel}, and tells the orchestrator what became of it, however often it asks. */
    public void cancelAndAnswer(UUID orderId) {
        hear(orderId, new ShipmentNews.AskedBack());
    }

    private void hear(UUID orderId, ShipmentNews news) {
        Optional<Shipment> known = newOrders.get().contains(orderId) ? Optional.empty() : shipments.findById(orderId);
        Optional<Step> step = Step.decide(known.map(Shipment::standing), news);
        if (step.isEmpty()) {
            return;
        }
        switch (step.get()) {
            case Step.Ship(UUID userId, Fulfilment fulfilment) -> {
                UUID shipmentId = TimeOrderedId.next();
                add(Shipment.created(orderId, shipmentId, fulfilment, Instant.now()));
                eventBus.publish(new ShipmentCreated(orderId, shipmentId, userId, fulfilment));
            }
            case Step.CallBack callBack -> {
                Shipment shipment = known.orElseThrow();
                shipment.callBack(Instant.now());
                eventBus.publish(
                        new ShipmentCanceled(orderId, shipment.shipmentId().orElseThrow(), shipment.fulfilment()));
            }
            case Step.Decline decline -> add(Shipment.declined(orderId, Instant.now()));
            case Step.DeclineAndTell decline -> {
                add(Shipment.declined(orderId, Instant.now()));
                eventBus.publish(new ShipmentCanceled(orderId, null, Fulfilment.ORCHESTRATION));
            }
            case Step.TellCreated(UUID userId) -> {
                UUID shipmentId = known.flatMap(Shipment::shipmentId).orElseThrow();
                eventBus.publish(new ShipmentCreated(orderId, shipmentId, userId, Fulfilment.ORCHESTRATION));
            }
            case Step.TellCanceled tell -> {
                UUID shipmentId = known.flatMap(Shipment::shipmentId).orElse(null);
                eventBus.publish(new ShipmentCanceled(orderId, shipmentId, Fulfilment.ORCHESTRATION));
            }
        }
    }

    private void add(Shipment shipment) {
        shipments.save(shipment);
        newOrders.get().remove(shipment.orderId());
    }

    @Transactional(readOnly = true)
    public Optional<Shipment> find(UUID orderId) {
        return shipments.findById(orderId);
    }
}
