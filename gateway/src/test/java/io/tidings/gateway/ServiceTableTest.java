package io.tidings.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class ServiceTableTest {

    @Test
    void every_service_is_listed_with_its_local_address() throws IOException {
        // when
        ServiceTable table = tableWith(Map.of());

        // then
        assertThat(table.all())
                .extracting(Service::name)
                .containsExactly(
                        "user-service",
                        "order-service",
                        "payment-service",
                        "warehouse-service",
                        "shipping-service",
                        "email-service",
                        "analytics-service",
                        "audit-service",
                        "search-service",
                        "recommendation-service");
        assertThat(table.all().get(1).url()).isEqualTo(URI.create("http://localhost:8082"));
        assertThat(table.all().get(1).paths()).containsExactly("/orders/**", "/sagas/**");
    }

    @Test
    void an_address_is_overridden_by_the_environment() throws IOException {
        // when
        ServiceTable table = tableWith(Map.of("TIDINGS_SERVICES_ORDER_SERVICE_URL", "http://order-service:8082"));

        // then
        assertThat(table.all()).hasSize(10);
        assertThat(table.all().get(1).url()).isEqualTo(URI.create("http://order-service:8082"));
        assertThat(table.all().get(1).paths()).containsExactly("/orders/**", "/sagas/**");
    }

    @Test
    void an_address_that_is_none_is_refused_at_the_start() {
        assertThatThrownBy(() -> tableWith(Map.of("TIDINGS_SERVICES_ORDER_SERVICE_URL", "order-service:8082"))
                        .all())
                .hasMessageContaining("tidings.services.order-service.url must look like http://host:port");
    }

    private static ServiceTable tableWith(Map<String, Object> environment) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new SystemEnvironmentPropertySource("systemEnvironment", environment));
        new YamlPropertySourceLoader()
                .load("gateway.yml", new ClassPathResource("gateway.yml"))
                .forEach(sources::addLast);
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind("tidings", ServiceTable.class)
                .get();
    }
}
