package io.tidings.benchmarks.gruelbox;

import com.gruelbox.transactionoutbox.TransactionOutbox;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The background worker that the library's documentation asks for: makes the calls that were not made at once. */
final class Flusher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Flusher.class);

    private final TransactionOutbox outbox;
    private final Thread thread;

    Flusher(TransactionOutbox outbox, Duration every) {
        this.outbox = outbox;
        this.thread = Thread.ofPlatform().name("flusher").daemon().unstarted(() -> work(every));
    }

    private void work(Duration every) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                while (outbox.flush()) {
                    // There may be more.
                }
            } catch (RuntimeException failure) {
                log.warn("The outbox could not be flushed and is again in {}.", every, failure);
            }
            try {
                Thread.sleep(every);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }
}
