package io.tidings.audit.domain.entity;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.bus.PermanentFailure;
import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.message.TypeName;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.notification.EmailSent;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reads what was recorded as the messages that they were. */
@Component
class MessageReader {

    private static final Map<String, Class<? extends Message>> KNOWN = Stream.of(
                    OrderPlaced.class,
                    OrderCompleted.class,
                    OrderRejected.class,
                    OrderCanceled.class,
                    InventoryReserved.class,
                    InventoryRejected.class,
                    InventoryReleased.class,
                    PaymentProcessed.class,
                    PaymentFailed.class,
                    PaymentRefunded.class,
                    ShipmentCreated.class,
                    ShipmentCanceled.class,
                    UserCreated.class,
                    UserProfileUpdated.class,
                    UserErased.class,
                    EmailSent.class,
                    ProductListed.class,
                    ProductPriceChanged.class)
            .collect(Collectors.toMap(type -> MessageType.of(type).name(), Function.identity()));

    private final MessageCodec codec;

    MessageReader(MessageCodec codec) {
        this.codec = codec;
    }

    /** What came of reading. */
    sealed interface Reading {}

    record Readable(Message message) implements Reading {}

    /** @param problem in a sentence */
    record Unreadable(String problem) implements Reading {}

    /** A message of which nothing here is told. */
    record Foreign() implements Reading {}

    Reading read(AuditEvent event) {
        Class<? extends Message> known = KNOWN.get(event.name());
        TypeName type = TypeName.parse(event.type()).orElse(null);
        if (known == null || type == null) {
            return new Foreign();
        }
        if (event.isErased()) {
            return new Unreadable("What it said was erased with the person whom it was about.");
        }
        try {
            return new Readable(codec.read(event.payload(), type.version(), known));
        } catch (PermanentFailure unreadable) {
            return new Unreadable(String.valueOf(unreadable.getMessage()));
        }
    }
}
