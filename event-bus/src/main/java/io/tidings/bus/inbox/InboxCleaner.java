package io.tidings.bus.inbox;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Keeps the inbox from growing for ever. */
public final class InboxCleaner implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(InboxCleaner.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Inbox inbox;
    private final Duration retention;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("inbox-cleaner").daemon().factory());

    public InboxCleaner(Inbox inbox, Duration retention) {
        this.inbox = inbox;
        this.retention = retention;
    }

    @Override
    public void afterPropertiesSet() {
        schedule.scheduleWithFixedDelay(this::clean, EVERY.toMinutes(), EVERY.toMinutes(), TimeUnit.MINUTES);
    }

    private void clean() {
        try {
            log.debug("Forgot {} messages that were handled more than {} ago.", inbox.forget(retention), retention);
        } catch (RuntimeException | Error failure) {
            log.warn("The inbox could not be cleaned and is tried again in {}: {}", EVERY, failure.toString());
        }
    }

    @Override
    public void destroy() {
        schedule.shutdownNow();
    }
}
