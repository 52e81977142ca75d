package io.tidings.warehouse;

import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.publishing.Publications;
import io.tidings.bus.test.Conversation;
import io.tidings.events.Event;
import io.tidings.events.Topics;
import io.tidings.infrastructure.test.Topic;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;

/** What other services tell warehouse-service, and what they hear from it. */
@TestComponent
public class OtherServices extends Conversation {

    OtherServices(@Value("${spring.application.name}") String service, Outbox outbox, Publications publications) {
        super(service, outbox, publications);
    }

    /** All that warehouse-service has told of a product, up to now. */
    public List<Event> hearOf(String sku) {
        return told(Topics.PRODUCTS, sku);
    }

    /** How much warehouse-service has told of products, up to now. */
    public int countHeardOfProducts() {
        awaitAllSent();
        return new Topic(Topics.PRODUCTS).events().size();
    }

    /** All that warehouse-service has told of an order, up to now. */
    public List<Event> hearOf(UUID orderId) {
        return told(Topics.INVENTORY, orderId);
    }

    /** All that warehouse-service has told of each order, up to now. */
    public Map<UUID, List<Event>> hearOfAllOrders() {
        return toldById(Topics.INVENTORY);
    }
}
