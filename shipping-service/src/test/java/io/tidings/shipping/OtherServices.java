package io.tidings.shipping;

import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.publishing.Publications;
import io.tidings.bus.test.Conversation;
import io.tidings.events.Event;
import io.tidings.events.Topics;
import io.tidings.infrastructure.test.CloudEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;

/** What other services tell shipping-service, and what they hear from it. */
@TestComponent
public class OtherServices extends Conversation {

    OtherServices(@Value("${spring.application.name}") String service, Outbox outbox, Publications publications) {
        super(service, outbox, publications);
    }

    /** All that shipping-service has told of an order, up to now. */
    public List<Event> hearOf(UUID orderId) {
        return told(Topics.SHIPMENTS, orderId);
    }

    /** All that shipping-service has told of each order, up to now. */
    public Map<UUID, List<Event>> hearOfAllOrders() {
        return toldById(Topics.SHIPMENTS);
    }

    /** What shipping-service could not handle of these orders. */
    public List<CloudEvent> deadLettersOf(Collection<UUID> orderIds) {
        return deadLetters().stream()
                .filter(buried -> orderIds.contains(UUID.fromString(buried.key())))
                .toList();
    }
}
