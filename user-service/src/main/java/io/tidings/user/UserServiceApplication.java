package io.tidings.user;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Knows the users of the shop. Settings are in {@code user-service.yml}. */
@SpringBootApplication
public class UserServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(UserServiceApplication.class)
                .properties("spring.config.name=user-service")
                .run(arguments);
    }
}
