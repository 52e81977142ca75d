package io.tidings.benchmarks.usual;

import io.tidings.benchmarks.contender.OrderChanged;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order that was applied. */
@Entity
@Table(name = "applied_order")
class AppliedOrder {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private UUID orderId;
    private long version;
    private String customer;
    private String address;
    private long totalMinor;
    private String currency;
    private String note;

    @SuppressWarnings("NullAway.Init")
    protected AppliedOrder() {
        // For Hibernate.
    }

    static AppliedOrder of(OrderChanged order) {
        AppliedOrder applied = new AppliedOrder();
        applied.orderId = order.orderId();
        applied.version = order.version();
        applied.customer = order.customer();
        applied.address = order.address();
        applied.totalMinor = order.totalMinor();
        applied.currency = order.currency();
        applied.note = order.note();
        return applied;
    }
}
