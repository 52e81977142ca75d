package io.tidings.events.payment;

import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.Topics;
import java.util.UUID;

/** What was paid for an order is back on the user's account. Published by payment-service. */
@EventType(name = "PaymentRefunded", version = 1, topic = Topics.PAYMENTS)
public record PaymentRefunded(UUID orderId, UUID userId, Money amount, Fulfilment fulfilment) implements Event {

    /** Whether anything came back. Who undoes a payment of which nothing was taken is answered by a refund of nothing. */
    public boolean tookPlace() {
        return amount.minorUnits() > 0;
    }

    @Override
    public String key() {
        return orderId.toString();
    }
}
