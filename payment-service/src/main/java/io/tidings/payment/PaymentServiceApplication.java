package io.tidings.payment;

import io.tidings.bus.Publishes;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Keeps the users' wallets, and takes payments from them. Settings are in {@code payment-service.yml}. */
@SpringBootApplication
@Publishes({PaymentFailed.class, PaymentProcessed.class, PaymentRefunded.class})
public class PaymentServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(PaymentServiceApplication.class)
                .properties("spring.config.name=payment-service")
                .run(arguments);
    }
}
