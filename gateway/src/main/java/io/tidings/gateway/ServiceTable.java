package io.tidings.gateway;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/** The table of {@code gateway.yml}: each service by its name, in the order in which the table lists them. */
@ConfigurationProperties("tidings")
record ServiceTable(Map<String, Row> services) {

    /** A row of the table: where the service listens and which paths are its own. */
    record Row(URI url, List<String> paths) {

        Row {
            paths = List.copyOf(paths);
        }
    }

    ServiceTable {
        Assert.notEmpty(services, "tidings.services is empty: a gateway needs a service to lead to");
    }

    List<Service> all() {
        return services.entrySet().stream()
                .map(entry -> new Service(
                        entry.getKey(), entry.getValue().url(), entry.getValue().paths()))
                .toList();
    }
}
