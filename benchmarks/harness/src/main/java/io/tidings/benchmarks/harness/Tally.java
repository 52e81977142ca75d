package io.tidings.benchmarks.harness;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Every event accounted for: what was committed against what was seen.
 *
 * @param lost committed and never seen
 * @param doubled how often something came that had come before
 * @param phantom seen and never committed
 * @param keys orders that changed more than once
 * @param invertedKeys those of them of which an older version came after a newer one
 */
record Tally(long committed, long lost, long doubled, long phantom, long keys, long invertedKeys) {

    /** @param committed orders and their versions: each from 1 on was to be told */
    static Tally of(Map<UUID, Long> committed, Map<UUID, Told> told) {
        long events = 0;
        long keys = 0;
        long seen = 0;
        for (Map.Entry<UUID, Long> order : committed.entrySet()) {
            events += order.getValue();
            keys += order.getValue() > 1 ? 1 : 0;
            Told news = told.get(order.getKey());
            seen += news == null ? 0 : news.upTo(order.getValue());
        }
        long distinct = told.values().stream().mapToLong(Told::distinct).sum();
        return new Tally(
                events,
                events - seen,
                told.values().stream().mapToLong(Told::doubled).sum(),
                distinct - seen,
                keys,
                told.values().stream().filter(Told::isInverted).count());
    }

    /** Whether each committed event was seen exactly once, and nothing else. */
    boolean isExact() {
        return lost == 0 && doubled == 0 && phantom == 0;
    }

    /** A sentence about what is not so; empty if all is exact. */
    Optional<String> inexactness() {
        return isExact()
                ? Optional.empty()
                : Optional.of(
                        "of %,d committed events %,d never came, %,d came again, and %,d came that were never committed."
                                .formatted(committed, lost, doubled, phantom));
    }
}
