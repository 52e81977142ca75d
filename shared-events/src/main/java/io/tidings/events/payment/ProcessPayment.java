package io.tidings.events.payment;

import io.tidings.events.Command;
import io.tidings.events.CommandType;
import io.tidings.events.Money;
import io.tidings.events.Topics;
import java.util.UUID;

/** Take the payment of an order. Answered by {@link PaymentProcessed} or {@link PaymentFailed}, or by {@link PaymentRefunded} if it was taken and given back before. */
@CommandType(name = "ProcessPayment", version = 1, topic = Topics.PAYMENT_COMMANDS)
public record ProcessPayment(UUID orderId, UUID userId, Money amount) implements Command {

    @Override
    public String key() {
        return orderId.toString();
    }
}
