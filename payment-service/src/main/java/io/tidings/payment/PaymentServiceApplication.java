package io.tidings.payment;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Keeps the users' wallets, and takes payments from them. Settings are in {@code payment-service.yml}. */
@SpringBootApplication
public class PaymentServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(PaymentServiceApplication.class)
                .properties("spring.config.name=payment-service")
                .run(arguments);
    }
}
