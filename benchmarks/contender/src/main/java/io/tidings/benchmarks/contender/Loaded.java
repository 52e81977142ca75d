package io.tidings.benchmarks.contender;

import java.util.Map;
import java.util.UUID;

/**
 * What came of a {@link Load}. Times are microseconds of this machine's clock since 1970.
 *
 * @param accepted transactions that committed
 * @param failures those that did not, and why; the reasons of a few are enough
 * @param committedAt when each order was committed, if the load was one of so many per second
 */
public record Loaded(
        long accepted, long startedAt, long endedAt, Map<String, Long> failures, Map<UUID, Long> committedAt) {

    public double acceptedPerSecond() {
        return accepted * 1e6 / (endedAt - startedAt);
    }
}
