package io.tidings.warehouse;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Knows the products and what is in stock of each. Settings are in {@code warehouse-service.yml}. */
@SpringBootApplication
public class WarehouseServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(WarehouseServiceApplication.class)
                .properties("spring.config.name=warehouse-service")
                .run(arguments);
    }
}
