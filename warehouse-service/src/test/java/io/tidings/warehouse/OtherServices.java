package io.tidings.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.outbox.Outbox;
import io.tidings.events.Event;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.Topics;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.test.context.TestComponent;

/** What other services tell warehouse-service, and what they hear from it: real records on a real broker. */
@TestComponent
public class OtherServices {

    private static final Topic PRODUCTS = new Topic(Topics.PRODUCTS);
    private static final Topic INVENTORY = new Topic(Topics.INVENTORY);
    private static final Topic DEAD_LETTERS = new Topic("warehouse-service.dlt");
    private static final Map<String, Class<? extends Event>> HEARD = Map.of(
            "ProductListed.v1", ProductListed.class,
            "ProductPriceChanged.v1", ProductPriceChanged.class,
            "InventoryReserved.v1", InventoryReserved.class,
            "InventoryRejected.v1", InventoryRejected.class,
            "InventoryReleased.v1", InventoryReleased.class);

    private final Outbox outbox;
    private final MessageCodec codec = new MessageCodec();

    OtherServices(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Puts messages on their topics, and returns when warehouse-service has handled them. */
    public void tell(Message... messages) {
        tell(1, messages);
    }

    /** As {@link #tell}, but each message comes again with the same id. */
    public void tellTwice(Message... messages) {
        tell(2, messages);
    }

    private void tell(int times, Message... messages) {
        Map<Topic, List<CloudEvent>> byTopic = Stream.of(messages)
                .collect(Collectors.groupingBy(
                        message -> new Topic(MessageType.of(message.getClass()).topic()),
                        Collectors.mapping(this::seal, Collectors.toList())));
        for (int time = 1; time <= times; time++) {
            byTopic.forEach((topic, told) -> topic.send(told.toArray(CloudEvent[]::new)));
        }
        byTopic.keySet().forEach(topic -> topic.awaitReadBy("warehouse-service"));
    }

    private CloudEvent seal(Message message) {
        MessageType type = MessageType.of(message.getClass());
        return CloudEvent.of(
                "io.tidings.%s.v%d".formatted(type.name(), type.version()),
                message.key(),
                new String(codec.write(message), UTF_8));
    }

    /** All that warehouse-service has told of a product, up to now. */
    public List<Event> hearOf(String sku) {
        awaitAllSent();
        return PRODUCTS.eventsOf(sku).stream().map(this::open).toList();
    }

    /** How much warehouse-service has told of products, up to now. */
    public int countHeardOfProducts() {
        awaitAllSent();
        return PRODUCTS.events().size();
    }

    /** All that warehouse-service has told of an order, up to now. */
    public List<Event> hearOf(UUID orderId) {
        awaitAllSent();
        return INVENTORY.eventsOf(orderId).stream().map(this::open).toList();
    }

    /** All that warehouse-service has told of each order, up to now. */
    public Map<UUID, List<Event>> hearOfAllOrders() {
        awaitAllSent();
        return INVENTORY.events().stream()
                .collect(Collectors.groupingBy(
                        told -> UUID.fromString(told.key()), Collectors.mapping(this::open, Collectors.toList())));
    }

    /** What warehouse-service could not handle. */
    public List<CloudEvent> deadLetters() {
        awaitAllSent();
        return DEAD_LETTERS.events();
    }

    private Event open(CloudEvent told) {
        return codec.read(told.data().getBytes(UTF_8), HEARD.get(told.type()));
    }

    private void awaitAllSent() {
        await("warehouse-service to send what it has published")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> outbox.count(1) == 0);
    }
}
