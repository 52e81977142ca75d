package io.tidings.shipping.domain;

import io.tidings.events.Fulfilment;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** What leaves, or does not leave, for an order. */
@Entity
public class Shipment implements Persistable<UUID> {

    @Id
    private UUID orderId;

    private @Nullable UUID shipmentId;

    @Enumerated(EnumType.STRING)
    private ShipmentStatus status;

    @Enumerated(EnumType.STRING)
    private @Nullable Fulfilment fulfilment;

    private Instant changedAt;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Shipment() {}

    private Shipment(
            UUID orderId,
            @Nullable UUID shipmentId,
            ShipmentStatus status,
            @Nullable Fulfilment fulfilment,
            Instant changedAt) {
        this.orderId = orderId;
        this.shipmentId = shipmentId;
        this.status = status;
        this.fulfilment = fulfilment;
        this.changedAt = changedAt;
    }

    static Shipment created(UUID orderId, UUID shipmentId, Fulfilment fulfilment, Instant at) {
        return new Shipment(orderId, shipmentId, ShipmentStatus.CREATED, fulfilment, at);
    }

    /** What remembers that nothing is to be shipped. */
    static Shipment declined(UUID orderId, Instant at) {
        return new Shipment(orderId, null, ShipmentStatus.DECLINED, null, at);
    }

    Standing standing() {
        return new Standing(status, fulfilment());
    }

    void callBack(Instant at) {
        status = ShipmentStatus.CANCELED;
        changedAt = at;
    }

    @Override
    public UUID getId() {
        return orderId;
    }

    /** Spring Data would find it out too, by an exception for each shipment: the version has no getter. */
    @Override
    public boolean isNew() {
        return version == null;
    }

    public UUID orderId() {
        return orderId;
    }

    /** Empty if there never was a shipment. */
    public Optional<UUID> shipmentId() {
        return Optional.ofNullable(shipmentId);
    }

    public ShipmentStatus status() {
        return status;
    }

    Fulfilment fulfilment() {
        return fulfilment == null ? Fulfilment.CHOREOGRAPHY : fulfilment;
    }

    public Instant changedAt() {
        return changedAt;
    }
}
