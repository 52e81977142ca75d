package io.tidings.events.payment;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.Topics;
import java.util.UUID;

/**
 * An order could not be paid. Published by payment-service.
 *
 * @param reason a sentence for the user
 */
@EventType(name = "PaymentFailed", version = 1, topic = Topics.PAYMENTS)
public record PaymentFailed(UUID orderId, UUID userId, Money amount, String reason, Fulfilment fulfilment)
        implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
