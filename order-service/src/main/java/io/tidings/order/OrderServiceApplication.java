package io.tidings.order;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Takes orders and knows what became of them. Settings are in {@code order-service.yml}. */
@SpringBootApplication
public class OrderServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(OrderServiceApplication.class)
                .properties("spring.config.name=order-service")
                .run(arguments);
    }
}
