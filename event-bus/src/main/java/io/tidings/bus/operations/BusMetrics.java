package io.tidings.bus.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.TypeName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the bus counts of messages that arrive. */
public final class BusMetrics {

    private final MeterRegistry meters;
    private final Counter skipped;
    private final Counter duplicates;
    private final Map<String, Timer> handled = new ConcurrentHashMap<>();

    public BusMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.skipped = Counter.builder("tidings.messages.skipped")
                .description("Messages of types that the service does not handle")
                .register(meters);
        this.duplicates = Counter.builder("tidings.messages.duplicates")
                .description("Messages that came again and were dropped")
                .register(meters);
    }

    /** A message was handled; its delay is counted from its publication. */
    public void handled(Envelope message) {
        handled.computeIfAbsent(message.type(), type -> Timer.builder("tidings.messages.handled")
                        .description("Messages handled, and the time from publication until then")
                        .tag("type", typeOf(message))
                        .register(meters))
                .record(Duration.between(message.time(), Instant.now()));
    }

    public void deadLettered(Envelope message) {
        Counter.builder("tidings.messages.dead.lettered")
                .description("Messages that could not be handled")
                .tag("type", typeOf(message))
                .register(meters)
                .increment();
    }

    public void skipped(int count) {
        skipped.increment(count);
    }

    public void duplicates(int count) {
        duplicates.increment(count);
    }

    private static String typeOf(Envelope message) {
        return TypeName.parse(message.type()).map(TypeName::name).orElse("unreadable");
    }
}
