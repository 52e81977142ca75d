package io.tidings.bus.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.EventHandler;
import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.handling.Redrive;
import io.tidings.bus.handling.Redrive.Target;
import io.tidings.bus.handling.RedriveResult;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.publishing.TransactionalEventBus;
import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Upcaster;
import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A consumer that is deployed later than the producer: nothing is lost, and nothing changes its order. */
class LateConsumerTest {

    @EventType(name = "ParcelSent", version = 1, topic = "parcels")
    record OldParcelSent(String key, int grams) implements Event {}

    @EventType(name = "ParcelSent", version = 2, topic = "parcels", upcasters = GramsToKilograms.class)
    record NewParcelSent(String key, double kilograms) implements Event {}

    static final class GramsToKilograms implements Upcaster {

        @Override
        public int from() {
            return 1;
        }

        @Override
        public Map<String, @Nullable Object> upcast(Map<String, @Nullable Object> older) {
            older.put("kilograms", ((Number) older.remove("grams")).doubleValue() / 1_000);
            return older;
        }
    }

    static class OldHandlers {

        private final List<OldParcelSent> handled = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(OldParcelSent sent) {
            handled.add(sent);
        }
    }

    static class NewHandlers {

        private final List<NewParcelSent> handled = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(NewParcelSent sent) {
            handled.add(sent);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(OldHandlers.class)
    static class OldCode {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(NewHandlers.class)
    static class NewCode {}

    private final String key = "parcel-" + UUID.randomUUID();

    @Test
    void a_newer_version_waits_and_passes_once_the_code_is_updated_and_the_key_is_redriven() {
        // given
        try (ConfigurableApplicationContext service = started(OldCode.class)) {
            tell(service, 1, "{\"key\": \"%s\", \"grams\": 500}");

            // when
            tell(service, 2, "{\"key\": \"%s\", \"kilograms\": 1.5}");
            tell(service, 1, "{\"key\": \"%s\", \"grams\": 2500}");

            // then
            assertThat(service.getBean(OldHandlers.class).handled).containsExactly(new OldParcelSent(key, 500));
            RedriveResult tooEarly = service.getBean(Redrive.class).redrive(new Target.Key("parcels", key));
            assertThat(tooEarly.redriven()).isZero();
            assertThat(tooEarly.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.reason())
                            .startsWith("ParcelSent came in version 2, and this service knows it up to version 1"));
        }

        // when
        try (ConfigurableApplicationContext updated = started(NewCode.class)) {
            RedriveResult result = updated.getBean(Redrive.class).redrive(new Target.Key("parcels", key));

            // then
            assertThat(result).isEqualTo(new RedriveResult(2, 0, List.of(), true));
            assertThat(updated.getBean(NewHandlers.class).handled)
                    .containsExactly(new NewParcelSent(key, 1.5), new NewParcelSent(key, 2.5));
        }
    }

    private void tell(ConfigurableApplicationContext service, int version, String json) {
        Instant now = Instant.now();
        UUID id = TimeOrderedId.next();
        service.getBean(TransactionalEventBus.class)
                .pass(new Envelope(
                        id,
                        "parcels",
                        key,
                        "io.tidings.ParcelSent.v" + version,
                        "/post-office",
                        now,
                        id.toString(),
                        null,
                        null,
                        Map.of(),
                        json.formatted(key).getBytes(StandardCharsets.UTF_8)));
    }

    private static ConfigurableApplicationContext started(Class<?> code) {
        DatabaseAccess database = Infrastructure.shared().database("late-consumer");
        return new SpringApplicationBuilder(code)
                .properties(Map.of(
                        "spring.datasource.url", database.jdbcUrl(),
                        "spring.datasource.username", database.username(),
                        "spring.datasource.password", database.password()))
                .run("--spring.application.name=late-consumer", "--tidings.bus=in-process");
    }
}
