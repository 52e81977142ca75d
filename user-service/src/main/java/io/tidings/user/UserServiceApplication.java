package io.tidings.user;

import io.tidings.bus.Publishes;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Knows the users of the shop. Settings are in {@code user-service.yml}. */
@SpringBootApplication
@Publishes({UserCreated.class, UserErased.class, UserProfileUpdated.class})
public class UserServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(UserServiceApplication.class)
                .properties("spring.config.name=user-service")
                .run(arguments);
    }
}
