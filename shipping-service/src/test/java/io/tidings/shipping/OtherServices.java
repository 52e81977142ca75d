package io.tidings.shipping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.outbox.Outbox;
import io.tidings.events.Event;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.Topics;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.test.context.TestComponent;

/** What other services tell shipping-service, and what they hear from it: real records on a real broker. */
@TestComponent
public class OtherServices {

    private static final Topic SHIPMENTS = new Topic(Topics.SHIPMENTS);
    private static final Topic DEAD_LETTERS = new Topic("shipping-service.dlt");
    private static final Map<String, Class<? extends Event>> HEARD = Map.of(
            "ShipmentCreated.v1", ShipmentCreated.class,
            "ShipmentCanceled.v1", ShipmentCanceled.class);

    private final Outbox outbox;
    private final MessageCodec codec = new MessageCodec();

    OtherServices(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Puts messages on their topics, and returns when shipping-service has handled them. */
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
        byTopic.keySet().forEach(topic -> topic.awaitReadBy("shipping-service"));
    }

    private CloudEvent seal(Message message) {
        MessageType type = MessageType.of(message.getClass());
        return CloudEvent.of(
                "io.tidings.%s.v%d".formatted(type.name(), type.version()),
                message.key(),
                new String(codec.write(message), UTF_8));
    }

    /** All that shipping-service has told of an order, up to now. */
    public List<Event> hearOf(UUID orderId) {
        awaitAllSent();
        return SHIPMENTS.eventsOf(orderId).stream().map(this::open).toList();
    }

    /** All that shipping-service has told of each order, up to now. */
    public Map<UUID, List<Event>> hearOfAllOrders() {
        awaitAllSent();
        return SHIPMENTS.events().stream()
                .collect(Collectors.groupingBy(
                        told -> UUID.fromString(told.key()), Collectors.mapping(this::open, Collectors.toList())));
    }

    /** What shipping-service could not handle of these orders. */
    public List<CloudEvent> deadLettersOf(Collection<UUID> orderIds) {
        awaitAllSent();
        return DEAD_LETTERS.events().stream()
                .filter(buried -> orderIds.contains(UUID.fromString(buried.key())))
                .toList();
    }

    private Event open(CloudEvent told) {
        return codec.read(told.data().getBytes(UTF_8), HEARD.get(told.type()));
    }

    private void awaitAllSent() {
        await("shipping-service to send what it has published")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> outbox.count(1) == 0);
    }
}
