package io.tidings.bus.inprocess;

import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.message.Envelope;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Joins a service to the exchange. */
public final class InProcessParticipant implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(InProcessParticipant.class);

    private final String service;
    private final InProcessExchange exchange;
    private final BatchProcessor processor;

    public InProcessParticipant(String service, InProcessExchange exchange, BatchProcessor processor) {
        this.service = service;
        this.exchange = exchange;
        this.processor = processor;
    }

    @Override
    public void afterSingletonsInstantiated() {
        exchange.join(this::receive);
    }

    private void receive(Envelope message) {
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
