package io.tidings.events.payment;

import io.tidings.events.Command;
import io.tidings.events.CommandType;
import io.tidings.events.Money;
import io.tidings.events.Topics;
import java.util.UUID;

/** Give back what was paid for an order, or never take it. Answered by {@link PaymentRefunded}. */
@CommandType(name = "RefundPayment", version = 1, topic = Topics.PAYMENT_COMMANDS)
public record RefundPayment(UUID orderId, UUID userId, Money amount) implements Command {

    @Override
    public String key() {
        return orderId.toString();
    }
}
