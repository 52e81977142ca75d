package io.tidings.bus.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * The one client of a service that asks brokers about themselves. Who must not wait for a broker that is away asks with a
 * timeout, since without one an answer may take a minute. When it is closed, nobody waits for answers any more.
 */
public final class Administration implements AutoCloseable {

    private final Admin admin;

    Administration(Map<String, Object> settings) {
        this.admin = Admin.create(settings);
    }

    /** All who ask share it, so nobody but this closes it. */
    public Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
