package io.tidings.shipping;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Ships what is paid. Settings are in {@code shipping-service.yml}. */
@SpringBootApplication
public class ShippingServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(ShippingServiceApplication.class)
                .properties("spring.config.name=shipping-service")
                .run(arguments);
    }
}
