package io.tidings.order;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.publishing.Publications;
import io.tidings.bus.test.Conversation;
import io.tidings.events.Command;
import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.Topics;
import io.tidings.events.product.ProductListed;
import io.tidings.events.user.UserCreated;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;

/** What other services tell order-service, and what they hear from it. */
@TestComponent
public class OtherServices extends Conversation {

    OtherServices(@Value("${spring.application.name}") String service, Outbox outbox, Publications publications) {
        super(service, outbox, publications);
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

    /** All that order-service has told of an order, up to now. */
    public List<Event> hearOf(UUID orderId) {
        return told(Topics.ORDERS, orderId);
    }

    /** All that order-service has told of each order, up to now. */
    public Map<UUID, List<Event>> hearOfAll() {
        return toldById(Topics.ORDERS);
    }

    /** All that order-service has asked others to do for an order, up to now, whomever it asked first. */
    public List<Command> askedFor(UUID orderId) {
        return Stream.of(Topics.WAREHOUSE_COMMANDS, Topics.PAYMENT_COMMANDS, Topics.SHIPPING_COMMANDS)
                .flatMap(topic -> wire(topic, orderId).stream())
                .sorted(Comparator.comparing(asked -> String.valueOf(asked.attribute("id"))))
                .map(this::<Command>open)
                .toList();
    }

    /** All that order-service has told of an order, up to now, as it lies on the topic. */
    public List<CloudEvent> wireOf(UUID orderId) {
        return wire(Topics.ORDERS, orderId);
    }

    /** How much order-service has told, up to now. */
    public int countHeard() {
        awaitAllSent();
        return new Topic(Topics.ORDERS).events().size();
    }

    /** What order-service could not handle of an order. */
    public List<CloudEvent> deadLettersOf(UUID orderId) {
        return deadLetters().stream()
                .filter(buried -> buried.key().equals(orderId.toString()))
                .toList();
    }
}
