package io.tidings.bus.web;

import io.tidings.bus.operations.Subscription;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Makes this instance of a service deaf for a while: it hears no messages, as if it were down, and still answers over
 * HTTP. It is there to show and to test what others do without it, and opens with {@code tidings.test-door.enabled}, as
 * {@link TestDoor} does. Whoever forgets to end it need not worry: it ends by itself.
 */
@RestController
public final class DeafnessDoor implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DeafnessDoor.class);
    private static final int LONGEST = 300;

    private final String service;
    private final Subscription subscription;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("deafness").daemon().factory());
    private @Nullable ScheduledFuture<?> end;

    public DeafnessDoor(String service, Subscription subscription) {
        this.service = service;
        this.subscription = subscription;
    }

    /** @param seconds after which the service hears again */
    record Deafness(@Nullable Integer seconds) {}

    /** Returns when the service hears nothing any more; what it was at is done. Asked again, the time begins anew. */
    @PostMapping("/test-door/deafness")
    Deafness begin(@RequestBody Deafness request) {
        Integer seconds = request.seconds();
        if (seconds == null || seconds < 1 || seconds > LONGEST) {
            throw Problem.badRequest("seconds", "must be from 1 to %d".formatted(LONGEST));
        }
        become(Duration.ofSeconds(seconds));
        return request;
    }

    private synchronized void become(Duration deafness) {
        forgetEnd();
        if (subscription.isRunning()) {
            subscription.stop();
            log.warn("{} was made deaf for {} s: it hears no messages until then.", service, deafness.toSeconds());
        }
        end = clock.schedule(this::hear, deafness.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets the service hear again; it goes on where it stopped. */
    @DeleteMapping("/test-door/deafness")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    synchronized void hear() {
        forgetEnd();
        if (!subscription.isRunning()) {
            subscription.start();
            log.warn("{} hears messages again.", service);
        }
    }

    private void forgetEnd() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }

    /** A service that stops does not begin to hear again. */
    @Override
    public void destroy() {
        clock.shutdownNow();
    }
}
