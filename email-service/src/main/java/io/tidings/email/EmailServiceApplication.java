package io.tidings.email;

import io.tidings.bus.Publishes;
import io.tidings.events.notification.EmailSent;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Tells users by mail what became of what they asked for. Settings are in {@code email-service.yml}. */
@SpringBootApplication
@Publishes(EmailSent.class)
public class EmailServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(EmailServiceApplication.class)
                .properties("spring.config.name=email-service")
                .run(arguments);
    }
}
