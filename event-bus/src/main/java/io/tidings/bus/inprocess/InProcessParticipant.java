package io.tidings.bus.inprocess;

import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.message.Envelope;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets a service take part in the exchange while it runs. */
final class InProcessParticipant implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(InProcessParticipant.class);

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

    /** Takes a message that concerns the service. Never throws: what one service can't do is no affair of the others. */
    void receive(Envelope message) {
        if (!topics.contains(message.topic())) {
            return;
        }
        try {
            processor.process(List.of(message));
        } catch (RuntimeException failure) {
            log.error(
                    "{} lost {}, because what it needs is away and an in-process bus keeps nothing: {}",
                    service,
                    message,
                    failure.toString(),
                    failure);
        }
    }
}
