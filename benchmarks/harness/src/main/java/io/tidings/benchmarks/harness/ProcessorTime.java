package io.tidings.benchmarks.harness;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long processes have computed. On a machine that others use too it says more than the time that has passed: what
 * one event costs is the same whoever else computes.
 */
record ProcessorTime(Duration contender, Duration database, Duration broker) {

    static ProcessorTime of(ProcessHandle contender, ProcessHandle database, ProcessHandle broker) {
        return new ProcessorTime(
                total(Stream.of(contender)),
                // Its workers too, each of which is a process.
                total(Stream.concat(Stream.of(database), database.descendants())),
                total(Stream.of(broker)));
    }

    ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(
                contender.minus(earlier.contender), database.minus(earlier.database), broker.minus(earlier.broker));
    }

    /** Of all together, for each of so many events, in microseconds. */
    double microsecondsFor(long events) {
        return contender.plus(database).plus(broker).toNanos() / 1e3 / events;
    }

    /** What the whole is made of, for each of so many events. */
    String describe(long events) {
        return String.format(
                Locale.ROOT,
                "CPU an event: %.0f µs of the contender, %.0f of PostgreSQL, %.0f of Kafka",
                contender.toNanos() / 1e3 / events,
                database.toNanos() / 1e3 / events,
                broker.toNanos() / 1e3 / events);
    }

    private static Duration total(Stream<ProcessHandle> processes) {
        return processes
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
