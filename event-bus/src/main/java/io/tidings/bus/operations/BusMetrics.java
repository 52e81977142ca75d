package io.tidings.bus.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What the bus counts of messages that arrive, and of transactions that requests share. Types are those that the service
 * handles, never what a stranger wrote into a header; and nothing here throws, since what was handled stays handled.
 */
public final class BusMetrics {

    private final MeterRegistry meters;
    private final Counter skipped;
    private final Counter duplicates;
    private final DistributionSummary sharedTransactions;
    private final Map<String, Timer> handled = new ConcurrentHashMap<>();
    private final Map<String, Counter> deadLettered = new ConcurrentHashMap<>();
    private final Map<String, Counter> redriven = new ConcurrentHashMap<>();
    private final Map<String, Counter> discarded = new ConcurrentHashMap<>();

    public BusMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.skipped = Counter.builder("tidings.messages.skipped")
                .description("Messages that no handler of the service needs")
                .register(meters);
        this.duplicates = Counter.builder("tidings.messages.duplicates")
                .description("Messages that came again and were dropped")
                .register(meters);
        this.sharedTransactions = DistributionSummary.builder("tidings.shared.transactions")
                .description("Transactions for requests, and how many share one")
                .register(meters);
    }

    /**
     * A message was handled; its delay is counted from its publication.
     *
     * @param published as the publisher's clock says; one that is ahead of ours counts as no delay
     */
    public void handled(String type, Instant published) {
        long delay = System.currentTimeMillis() - toMillis(published);
        handled.computeIfAbsent(
                        type,
                        name -> Timer.builder("tidings.messages.handled")
                                .description("Messages handled, and the time from publication until then")
                                .tag("type", name)
                                .register(meters))
                .record(Math.max(0, delay), TimeUnit.MILLISECONDS);
    }

    private static long toMillis(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException absurd) {
            return System.currentTimeMillis();
        }
    }

    public void deadLettered(String type) {
        count(deadLettered, "tidings.messages.dead.lettered", "Messages that could not be handled", type);
    }

    public void redriven(String type) {
        count(redriven, "tidings.dead.letters.redriven", "Dead letters that were handled at last", type);
    }

    public void discarded(String type) {
        count(discarded, "tidings.dead.letters.discarded", "Dead letters that somebody gave up", type);
    }

    private void count(Map<String, Counter> counters, String metric, String description, String type) {
        counters.computeIfAbsent(
                        type,
                        name -> Counter.builder(metric)
                                .description(description)
                                .tag("type", name)
                                .register(meters))
                .increment();
    }

    public void skipped(int count) {
        skipped.increment(count);
    }

    public void duplicates(int count) {
        duplicates.increment(count);
    }

    /** @param requests that share one */
    public void sharedTransaction(int requests) {
        sharedTransactions.record(requests);
    }
}
