package io.tidings.audit;

import io.tidings.bus.Publishes;
import io.tidings.events.notification.AlertRaised;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Keeps every message that the services tell each other. Settings are in {@code audit-service.yml}. */
@SpringBootApplication
@Publishes(AlertRaised.class)
public class AuditServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(AuditServiceApplication.class)
                .properties("spring.config.name=audit-service")
                .run(arguments);
    }
}
