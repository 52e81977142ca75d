package io.tidings.audit.recording;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.EventFilter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Tells those who watch of messages as they are kept. Nobody who watches can hold up the recording. */
@Component
public class AuditFeed implements SmartLifecycle {

    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    AuditFeed() {}

    /** From now on. To be closed by the caller. */
    public Subscription subscribe(EventFilter filter) {
        Subscription subscription = new Subscription(filter, subscriptions::remove);
        subscriptions.add(subscription);
        if (!running) {
            subscription.close();
        }
        return subscription;
    }

    void tell(List<AuditEvent> events) {
        subscriptions.forEach(subscription -> subscription.offer(events));
    }

    @Override
    public void start() {
        running = true;
    }

    /** Lets all go, first of all: the web server waits for requests that are under way. */
    @Override
    public void stop() {
        running = false;
        subscriptions.forEach(Subscription::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
