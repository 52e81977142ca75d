package io.tidings.warehouse.domain;

import io.tidings.events.Fulfilment;
import io.tidings.events.inventory.MissingStock;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** What is set aside for an order. */
@Entity
public class Reservation implements Persistable<UUID> {

    @Id
    private UUID orderId;

    @Enumerated(EnumType.STRING)
    private ReservationStatus status;

    @Enumerated(EnumType.STRING)
    private @Nullable Fulfilment fulfilment;

    @JdbcTypeCode(SqlTypes.JSON)
    @Immutable
    @Column(updatable = false)
    private Map<String, Integer> lines;

    @JdbcTypeCode(SqlTypes.JSON)
    @Immutable
    @Column(updatable = false)
    private List<Shortage> shortages;

    private Instant changedAt;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Reservation() {}

    /**
     * @param fulfilment null if the order was called off before we heard of it
     * @param missing why nothing was set aside; empty if it was
     */
    Reservation(
            UUID orderId,
            ReservationStatus status,
            @Nullable Fulfilment fulfilment,
            Map<String, Integer> lines,
            List<MissingStock> missing,
            Instant changedAt) {
        this.orderId = orderId;
        this.status = status;
        this.fulfilment = fulfilment;
        this.lines = Map.copyOf(lines);
        this.shortages = missing.stream().map(Shortage::of).toList();
        this.changedAt = changedAt;
    }

    void become(ReservationStatus changed, Instant at) {
        status = changed;
        changedAt = at;
    }

    @Override
    public UUID getId() {
        return orderId;
    }

    /** Spring Data would find it out too, by an exception for each reservation: the version has no getter. */
    @Override
    public boolean isNew() {
        return version == null;
    }

    public UUID orderId() {
        return orderId;
    }

    public ReservationStatus status() {
        return status;
    }

    Fulfilment fulfilment() {
        return fulfilment == null ? Fulfilment.CHOREOGRAPHY : fulfilment;
    }

    /** Pieces by sku, in the order of the skus. */
    public SortedMap<String, Integer> lines() {
        return new TreeMap<>(lines);
    }

    List<MissingStock> missing() {
        return shortages.stream().map(Shortage::told).toList();
    }

    Standing standing() {
        return new Standing(status, fulfilment());
    }

    public Instant changedAt() {
        return changedAt;
    }
}
