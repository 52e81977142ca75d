package io.tidings.bus.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The one client of a service that asks brokers about themselves. When it is closed, nobody waits for their answers. */
final class Administration implements AutoCloseable {

    private final Admin admin;

    Administration(Map<String, Object> settings) {
        this.admin = Admin.create(settings);
    }

    Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
