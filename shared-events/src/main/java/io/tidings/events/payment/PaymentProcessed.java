package io.tidings.events.payment;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.Topics;
import java.util.UUID;

/** An order was paid from the user's account. Published by payment-service. */
@EventType(name = "PaymentProcessed", version = 1, topic = Topics.PAYMENTS)
public record PaymentProcessed(UUID orderId, UUID userId, Money amount, Fulfilment fulfilment) implements Event {

    @Override
    public String key() {
        return orderId.toString();
    }
}
