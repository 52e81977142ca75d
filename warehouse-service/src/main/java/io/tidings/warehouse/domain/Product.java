package io.tidings.warehouse.domain;

import io.tidings.events.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** Something that can be ordered. */
@Entity
public class Product implements Persistable<String> {

    @Id
    private String sku;

    private String name;
    private String category;
    private long priceMinor;
    private String currency;
    private Instant listedAt;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Product() {}

    Product(String sku, String name, String category, Money price, Instant listedAt) {
        this.sku = sku;
        this.name = name;
        this.category = category;
        this.priceMinor = price.minorUnits();
        this.currency = price.currency();
        this.listedAt = listedAt;
    }

    void changePrice(Money price) {
        priceMinor = price.minorUnits();
        currency = price.currency();
    }

    @Override
    public String getId() {
        return sku;
    }

    /** Spring Data would find it out too, by an exception for each product: the version has no getter. */
    @Override
    public boolean isNew() {
        return version == null;
    }

    public String sku() {
        return sku;
    }

    public String name() {
        return name;
    }

    public String category() {
        return category;
    }

    public Money price() {
        return new Money(priceMinor, currency);
    }
}
