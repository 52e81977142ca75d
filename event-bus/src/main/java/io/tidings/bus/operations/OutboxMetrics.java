package io.tidings.bus.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.outbox.OutboxRelay;

/** What can be seen of messages that have not left yet. */
public final class OutboxMetrics implements MeterBinder {

    private static final int COUNTED_AT_MOST = 100_000;

    private final Outbox outbox;
    private final OutboxRelay relay;

    public OutboxMetrics(Outbox outbox, OutboxRelay relay) {
        this.outbox = outbox;
        this.relay = relay;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("tidings.outbox.waiting", outbox, waiting -> waiting.count(COUNTED_AT_MOST))
                .description("Messages that the broker has not acknowledged yet, counted up to %,d"
                        .formatted(COUNTED_AT_MOST))
                .register(meters);
        Gauge.builder("tidings.outbox.age", outbox, waiting -> waiting.age().toMillis() / 1000.0)
                .description("How long the oldest of them has waited")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("tidings.outbox.held.keys", relay, OutboxRelay::heldKeys)
                .description("Keys that are held back because the broker refused one of their messages")
                .register(meters);
    }
}
