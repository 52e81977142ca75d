package io.tidings.bus.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tidings.bus.outbox.Outbox;
import java.util.function.ToDoubleFunction;

/** What can be seen of messages that have not left yet. */
public final class OutboxMetrics implements MeterBinder {

    private static final int COUNTED_AT_MOST = 100_000;

    private final Lately<Outbox.Extent> extent;

    public OutboxMetrics(Outbox outbox) {
        this.extent = new Lately<>(() -> outbox.extent(COUNTED_AT_MOST));
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("tidings.outbox.waiting", extent, seen -> numberOf(seen, Outbox.Extent::messages))
                .description("Messages that the broker has not acknowledged yet, counted up to %,d"
                        .formatted(COUNTED_AT_MOST))
                .register(meters);
        Gauge.builder(
                        "tidings.outbox.age",
                        extent,
                        seen -> numberOf(seen, waits -> waits.oldest().toMillis() / 1000.0))
                .description("How long the oldest of them has waited")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder(
                        "tidings.outbox.held.keys",
                        extent,
                        seen -> numberOf(seen, waits -> waits.heldKeys().size()))
                .description("Keys that are held back because the broker refused one of their messages")
                .register(meters);
    }

    private static double numberOf(Lately<Outbox.Extent> extent, ToDoubleFunction<Outbox.Extent> number) {
        return extent.see().map(number::applyAsDouble).orElse(Double.NaN);
    }
}
