package io.tidings.bus.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tidings.bus.deadletter.ParkedKeys;
import io.tidings.bus.deadletter.ParkedKeys.Extent;
import java.util.function.ToDoubleFunction;

/** How much waits for somebody to redrive or discard it. */
public final class DeadLetterMetrics implements MeterBinder {

    private final Lately<Extent> extent;

    public DeadLetterMetrics(ParkedKeys parkedKeys) {
        this.extent = new Lately<>(parkedKeys::extent);
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("tidings.dead.letters.parked", extent, seen -> numberOf(seen, Extent::messages))
                .description("Messages that could not be handled, and those that wait behind them")
                .register(meters);
        Gauge.builder("tidings.dead.letters.parked.keys", extent, seen -> numberOf(seen, Extent::keys))
                .description("Keys that are parked")
                .register(meters);
        Gauge.builder(
                        "tidings.dead.letters.age",
                        extent,
                        seen -> numberOf(seen, waits -> waits.oldest().toMillis() / 1000.0))
                .description("How long the oldest of them has waited")
                .baseUnit("seconds")
                .register(meters);
    }

    private static double numberOf(Lately<Extent> extent, ToDoubleFunction<Extent> number) {
        return extent.see().map(number::applyAsDouble).orElse(Double.NaN);
    }
}
