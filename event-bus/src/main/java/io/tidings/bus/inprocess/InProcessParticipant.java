package io.tidings.bus.inprocess;

import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.operations.Pace;
import io.tidings.bus.operations.Subscription;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a service take part in the exchange while it runs. */
final class InProcessParticipant implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(InProcessParticipant.class);

    /** With the pauses between them, about ten seconds: the publisher waits for them. */
    private static final int ATTEMPTS = 8;

    private static final String LOST =
            "{} lost {}: what it needs was away at each of {} attempts, and an in-process bus keeps nothing: {}";

    private final String service;
    private final InProcessExchange exchange;
    private final BatchProcessor processor;
    private volatile Set<String> topics = Set.of();

    InProcessParticipant(String service, InProcessExchange exchange, BatchProcessor processor) {
        this.service = service;
        this.exchange = exchange;
        this.processor = processor;
    }

    @Override
    public void start() {
        topics = processor.topics();
        exchange.join(this);
    }

    @Override
    public void stop() {
        exchange.leave(this);
        topics = Set.of();
    }

    @Override
    public boolean isRunning() {
        return !topics.isEmpty();
    }

    /** There is nothing to wait for. */
    @Override
    public boolean hasBegun() {
        return true;
    }

    /** Takes a message that concerns the service. Never throws: what one service can't do is no affair of the others. */
    void receive(Envelope message) {
        if (!topics.contains(message.topic())) {
            return;
        }
        Pace pace = Pace.ofInfrastructure();
        for (int attempt = 1; ; attempt++) {
            try {
                processor.process(List.of(message));
                return;
            } catch (RuntimeException | Error failure) {
                if (attempt == ATTEMPTS || !paused(pace)) {
                    log.error(LOST, service, message, attempt, failure.toString(), failure);
                    return;
                }
                pace = pace.slower();
            }
        }
    }

    private static boolean paused(Pace pace) {
        try {
            Thread.sleep(pace.pause());
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
