package io.tidings.infrastructure.test;

import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/** The addresses of the infrastructure as properties: to read one starts the part that it belongs to. */
final class InfrastructurePropertySource extends EnumerablePropertySource<Infrastructure> {

    private final Map<String, Supplier<String>> properties = new LinkedHashMap<>();

    InfrastructurePropertySource(Infrastructure infrastructure, Set<Part> parts, String service) {
        super("Tidings infrastructure", infrastructure);
        if (parts.contains(Part.KAFKA)) {
            properties.put("spring.kafka.bootstrap-servers", infrastructure::kafkaBootstrapServers);
        }
        if (parts.contains(Part.POSTGRES)) {
            properties.put(
                    "spring.datasource.url",
                    () -> infrastructure.database(service).jdbcUrl());
            properties.put(
                    "spring.datasource.username",
                    () -> infrastructure.database(service).username());
            properties.put(
                    "spring.datasource.password",
                    () -> infrastructure.database(service).password());
        }
        if (parts.contains(Part.MAIL)) {
            properties.put("spring.mail.host", () -> infrastructure.mail().smtpHost());
            properties.put(
                    "spring.mail.port",
                    () -> String.valueOf(infrastructure.mail().smtpPort()));
        }
    }

    @Override
    public String[] getPropertyNames() {
        return properties.keySet().toArray(String[]::new);
    }

    @Override
    public boolean containsProperty(String name) {
        return properties.containsKey(name);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        Supplier<String> value = properties.get(name);
        return value == null ? null : value.get();
    }
}
