package io.tidings.order.domain;

import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** What a user asked for, at the prices of that moment, and what became of it. */
@Entity
@Table(name = "orders")
public class Order implements Persistable<UUID> {

    @Id
    private UUID id;

    private UUID userId;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    @Enumerated(EnumType.STRING)
    private Fulfilment fulfilment;

    @JdbcTypeCode(SqlTypes.JSON)
    @Immutable
    @Column(updatable = false)
    private List<PricedLine> lines;

    private long totalMinor;
    private String currency;
    private @Nullable String reason;
    private Instant placedAt;
    private @Nullable Instant endedAt;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Order() {}

    Order(UUID id, UUID userId, Fulfilment fulfilment, List<OrderLine> lines, Money total, Instant placedAt) {
        this.id = id;
        this.userId = userId;
        this.status = OrderStatus.PLACED;
        this.fulfilment = fulfilment;
        this.lines = lines.stream().map(PricedLine::of).toList();
        this.totalMinor = total.minorUnits();
        this.currency = total.currency();
        this.placedAt = placedAt;
    }

    OrderPlaced placed() {
        return new OrderPlaced(id, userId, lines(), total(), fulfilment);
    }

    /** Takes the news in; returns what others must know, or nothing if the order had ended already. */
    Optional<Event> hear(OrderNews news, Instant at) {
        return Ending.decide(status, news).map(ending -> {
            status = ending.status();
            reason = ending.reason();
            endedAt = at;
            return ended();
        });
    }

    private Event ended() {
        String because = Optional.ofNullable(reason).orElse("");
        return switch (status) {
            case COMPLETED -> new OrderCompleted(id, userId);
            case REJECTED -> new OrderRejected(id, userId, because);
            case CANCELED -> new OrderCanceled(id, userId, because);
            case PLACED -> throw new IllegalStateException("Order %s has not ended.".formatted(id));
        };
    }

    @Override
    public UUID getId() {
        return id;
    }

    /** Spring Data would find it out too, by an exception for each order: the version has no getter. */
    @Override
    public boolean isNew() {
        return version == null;
    }

    public UUID id() {
        return id;
    }

    public UUID userId() {
        return userId;
    }

    public OrderStatus status() {
        return status;
    }

    public Fulfilment fulfilment() {
        return fulfilment;
    }

    public List<OrderLine> lines() {
        return lines.stream().map(line -> line.in(currency)).toList();
    }

    public Money total() {
        return new Money(totalMinor, currency);
    }

    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    public Instant placedAt() {
        return placedAt;
    }

    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }
}
