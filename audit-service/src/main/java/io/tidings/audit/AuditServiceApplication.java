package io.tidings.audit;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Keeps every message that the services tell each other. Settings are in {@code audit-service.yml}. */
@SpringBootApplication
public class AuditServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(AuditServiceApplication.class)
                .properties("spring.config.name=audit-service")
                .run(arguments);
    }
}
