package io.tidings.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.outbox.Outbox;
import io.tidings.events.Command;
import io.tidings.events.Event;
import io.tidings.events.MessageType;
import io.tidings.events.Money;
import io.tidings.events.Topics;
import io.tidings.events.inventory.ReleaseInventory;
import io.tidings.events.inventory.ReserveInventory;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.ProcessPayment;
import io.tidings.events.payment.RefundPayment;
import io.tidings.events.product.ProductListed;
import io.tidings.events.shipment.CancelShipment;
import io.tidings.events.shipment.CreateShipment;
import io.tidings.events.user.UserCreated;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.test.context.TestComponent;

/** What other services tell order-service, and what they hear from it: real records on a real broker. */
@TestComponent
public class OtherServices {

    private static final Topic ORDERS = new Topic(Topics.ORDERS);
    private static final Topic DEAD_LETTERS = new Topic("order-service.dlt");
    private static final Map<String, Class<? extends Event>> HEARD = Map.of(
            "OrderPlaced.v2", OrderPlaced.class,
            "OrderCompleted.v1", OrderCompleted.class,
            "OrderRejected.v1", OrderRejected.class,
            "OrderCanceled.v1", OrderCanceled.class);

    private static final Map<String, Class<? extends Command>> ASKED = Map.of(
            "ReserveInventory.v1", ReserveInventory.class,
            "ReleaseInventory.v1", ReleaseInventory.class,
            "ProcessPayment.v1", ProcessPayment.class,
            "RefundPayment.v1", RefundPayment.class,
            "CreateShipment.v1", CreateShipment.class,
            "CancelShipment.v1", CancelShipment.class);

    private final Outbox outbox;
    private final MessageCodec codec = new MessageCodec();

    OtherServices(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Someone signs up, and order-service hears of it. */
    public UUID signUp() {
        UUID userId = TimeOrderedId.next();
        tell(new UserCreated(userId));
        return userId;
    }

    /** A product is listed, and order-service hears of it. */
    public String list(Money price) {
        String sku = "sku-" + UUID.randomUUID();
        tell(new ProductListed(sku, "A product", "things", price));
        return sku;
    }

    /** Puts events on their topics, and returns when order-service has handled them. */
    public void tell(Event... events) {
        tell(1, events);
    }

    /** As {@link #tell}, but each event comes again with the same id. */
    public void tellTwice(Event... events) {
        tell(2, events);
    }

    private void tell(int times, Event... events) {
        Map<Topic, List<CloudEvent>> byTopic = Stream.of(events)
                .collect(Collectors.groupingBy(
                        event -> new Topic(MessageType.of(event.getClass()).topic()),
                        Collectors.mapping(this::seal, Collectors.toList())));
        for (int time = 1; time <= times; time++) {
            byTopic.forEach((topic, told) -> topic.send(told.toArray(CloudEvent[]::new)));
        }
        byTopic.keySet().forEach(topic -> topic.awaitReadBy("order-service"));
    }

    private CloudEvent seal(Event event) {
        MessageType type = MessageType.of(event.getClass());
        return CloudEvent.of(
                "io.tidings.%s.v%d".formatted(type.name(), type.version()),
                event.key(),
                new String(codec.write(event), UTF_8));
    }

    /** All that order-service has told of an order, up to now. */
    public List<Event> hearOf(UUID orderId) {
        return wireOf(orderId).stream().map(this::open).toList();
    }

    /** All that order-service has told of each order, up to now. */
    public Map<UUID, List<Event>> hearOfAll() {
        awaitAllSent();
        return ORDERS.events().stream()
                .collect(Collectors.groupingBy(
                        told -> UUID.fromString(told.key()), Collectors.mapping(this::open, Collectors.toList())));
    }

    /** All that order-service has asked others to do for an order, up to now. */
    public List<Command> askedFor(UUID orderId) {
        awaitAllSent();
        return Stream.of(Topics.WAREHOUSE_COMMANDS, Topics.PAYMENT_COMMANDS, Topics.SHIPPING_COMMANDS)
                .flatMap(topic -> new Topic(topic).eventsOf(orderId).stream())
                .sorted(Comparator.comparing(asked -> String.valueOf(asked.attribute("id"))))
                .map(asked -> codec.read(asked.data().getBytes(UTF_8), ASKED.get(asked.type())))
                .map(Command.class::cast)
                .toList();
    }

    private Event open(CloudEvent told) {
        return codec.read(told.data().getBytes(UTF_8), HEARD.get(told.type()));
    }

    /** All that order-service has told of an order, up to now, as it lies on the topic. */
    public List<CloudEvent> wireOf(UUID orderId) {
        awaitAllSent();
        return ORDERS.eventsOf(orderId);
    }

    /** How much order-service has told, up to now. */
    public int countHeard() {
        awaitAllSent();
        return ORDERS.events().size();
    }

    /** What order-service could not handle of an order. */
    public List<CloudEvent> deadLettersOf(UUID orderId) {
        awaitAllSent();
        return DEAD_LETTERS.eventsOf(orderId);
    }

    private void awaitAllSent() {
        await("order-service to send what it has published")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> outbox.count(1) == 0);
    }
}
