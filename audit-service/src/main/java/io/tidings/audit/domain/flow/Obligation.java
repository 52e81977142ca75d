package io.tidings.audit.domain.flow;

import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What must be brought to an end once it is begun: which message begins it, and which ones meet it. This is the only place
 * where that is said. A flow is done when it has met all it began: an order has ended, and what was set aside, paid and
 * sent for it was either delivered with it or undone.
 */
public enum Obligation {
    ORDER(OrderPlaced.class, List.of(OrderCompleted.class, OrderRejected.class, OrderCanceled.class)),
    STOCK(InventoryReserved.class, List.of(InventoryReleased.class, OrderCompleted.class)),
    MONEY(PaymentProcessed.class, List.of(PaymentRefunded.class, OrderCompleted.class)),
    SHIPMENT(ShipmentCreated.class, List.of(ShipmentCanceled.class, OrderCompleted.class));

    private static final int METS_BIT = 8;

    private final MessageType begunBy;
    private final List<MessageType> metBy;

    Obligation(Class<? extends Message> begunBy, List<Class<? extends Message>> metBy) {
        this.begunBy = MessageType.of(begunBy);
        this.metBy = metBy.stream().map(MessageType::of).toList();
    }

    /**
     * What a message does to obligations, as bits that can be put together in any order and any number of times.
     *
     * @param topic elsewhere than on its own topic, as among the dead letters, a message does nothing
     */
    static int marksOf(String name, String topic) {
        int marks = 0;
        for (Obligation obligation : values()) {
            if (isOf(name, topic, Stream.of(obligation.begunBy))) {
                marks |= obligation.begun();
            }
            if (isOf(name, topic, obligation.metBy.stream())) {
                marks |= obligation.met();
            }
        }
        return marks;
    }

    /** Whether these marks say that something was begun. */
    static boolean beginAnything(int marks) {
        return Stream.of(values()).anyMatch(obligation -> (marks & obligation.begun()) != 0);
    }

    /** Whether these marks say that the order itself ended. */
    static boolean endTheOrder(int marks) {
        return (marks & ORDER.met()) != 0;
    }

    /** Begun and not met. */
    static Set<Obligation> openIn(int marks) {
        Set<Obligation> open = EnumSet.noneOf(Obligation.class);
        for (Obligation obligation : values()) {
            if ((marks & obligation.begun()) != 0 && (marks & obligation.met()) == 0) {
                open.add(obligation);
            }
        }
        return open;
    }

    /** As in a sentence. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private int begun() {
        return 1 << ordinal();
    }

    private int met() {
        return begun() << METS_BIT;
    }

    private static boolean isOf(String name, String topic, Stream<MessageType> types) {
        return types.anyMatch(type -> type.name().equals(name) && type.topic().equals(topic));
    }
}
