package io.tidings.payment;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.publishing.Publications;
import io.tidings.bus.test.Conversation;
import io.tidings.events.Event;
import io.tidings.events.Topics;
import io.tidings.events.user.UserCreated;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;

/** What other services tell payment-service, and what they hear from it. */
@TestComponent
public class OtherServices extends Conversation {

    OtherServices(@Value("${spring.application.name}") String service, Outbox outbox, Publications publications) {
        super(service, outbox, publications);
    }

    /** A user signs up, and payment-service hears of it. */
    public UUID createUser() {
        UUID userId = TimeOrderedId.next();
        tell(new UserCreated(userId));
        return userId;
    }

    /** All that payment-service has told of an order, in its order, after what it was told before. */
    public List<Event> heardOf(UUID orderId) {
        return told(Topics.PAYMENTS, orderId);
    }

    /** All that payment-service has told of each order, in its order, after what it was told before. */
    public Map<UUID, List<Event>> heardOf(Collection<UUID> orderIds) {
        Map<UUID, List<Event>> told = toldById(Topics.PAYMENTS);
        return orderIds.stream()
                .collect(Collectors.toMap(Function.identity(), orderId -> told.getOrDefault(orderId, List.of())));
    }
}
