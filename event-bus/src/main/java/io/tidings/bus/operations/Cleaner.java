package io.tidings.bus.operations;

import io.tidings.bus.ExpiringTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps what the bus and a service remember of messages and requests from growing for ever. */
public final class Cleaner implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Cleaner.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int DELETED_AT_ONCE = 10_000;

    private final JdbcTemplate jdbc;
    private final Duration retention;
    private final List<ExpiringTable> others;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cleaner").daemon().factory());

    /**
     * @param retention must be longer than a broker keeps messages and a relay may lag, or one that comes again would be
     *     handled again
     * @param others tables of the service
     */
    public Cleaner(JdbcTemplate jdbc, Duration retention, List<ExpiringTable> others) {
        this.jdbc = jdbc;
        this.retention = retention;
        this.others = List.copyOf(others);
    }

    @Override
    public void afterPropertiesSet() {
        schedule.scheduleWithFixedDelay(this::cleanOrSayWhyNot, EVERY.toMinutes(), EVERY.toMinutes(), TimeUnit.MINUTES);
    }

    private void cleanOrSayWhyNot() {
        try {
            clean();
        } catch (RuntimeException | Error failure) {
            // Thrown on, it would end the schedule for good.
            log.warn(
                    "What need not be remembered any longer could not be deleted, and is tried again in {}: {}",
                    EVERY,
                    failure.toString());
        }
    }

    /** Forgets messages that were handled, and requests that were answered, longer ago than they are to be remembered. */
    public void clean() {
        int messages = forget("inbox", "received_at");
        int requests = forget("idempotency_key", "created_at");
        others.forEach(other -> forget(other.table(), other.since()));
        log.debug(
                "Forgot {} messages and {} requests that were handled more than {} ago.",
                messages,
                requests,
                retention);
    }

    private int forget(String table, String since) {
        int forgotten = 0;
        int deleted;
        do {
            deleted = jdbc.update("""
                    delete from %1$s where ctid = any (array(
                        select ctid from %1$s
                        where %2$s < now() - make_interval(secs => ?) limit ?))
                    """.formatted(table, since), (double) retention.toSeconds(), DELETED_AT_ONCE);
            forgotten += deleted;
        } while (deleted == DELETED_AT_ONCE);
        return forgotten;
    }

    @Override
    public void destroy() {
        schedule.shutdownNow();
    }
}
