package io.tidings.analytics;

import io.tidings.bus.Publishes;
import io.tidings.events.notification.AlertRaised;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Counts what happens, and raises an alert when it goes wrong. Settings are in {@code analytics-service.yml}. */
@SpringBootApplication
@Publishes(AlertRaised.class)
public class AnalyticsServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(AnalyticsServiceApplication.class)
                .properties("spring.config.name=analytics-service")
                .run(arguments);
    }
}
