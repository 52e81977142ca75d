package io.tidings.warehouse.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** What is there of a product, in pieces. Whatever happens, all that was received is on hand, reserved or shipped. */
@Entity
public class Stock {

    @Id
    private String sku;

    private long onHand;
    private long reserved;
    private long shipped;
    private long received;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Stock() {}

    Stock(String sku) {
        this.sku = sku;
    }

    void receive(int quantity) {
        received += quantity;
        onHand += quantity;
    }

    boolean has(int quantity) {
        return onHand >= quantity;
    }

    void reserve(int quantity) {
        onHand -= quantity;
        reserved += quantity;
    }

    void release(int quantity) {
        reserved -= quantity;
        onHand += quantity;
    }

    void ship(int quantity) {
        reserved -= quantity;
        shipped += quantity;
    }

    public String sku() {
        return sku;
    }

    public long onHand() {
        return onHand;
    }

    public long reserved() {
        return reserved;
    }

    public long shipped() {
        return shipped;
    }

    public long received() {
        return received;
    }
}
