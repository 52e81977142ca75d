package io.tidings.benchmarks.harness;

import java.util.BitSet;

/** What was told of one order so far. */
final class Told {

    private final BitSet versions = new BitSet();
    private final long firstAt;
    private long highest;
    private long doubled;
    private boolean inverted;

    /** @param firstAt microseconds since 1970 */
    Told(long firstAt) {
        this.firstAt = firstAt;
    }

    /** Answers whether it is new. One that comes again is no inversion, whatever came in between. */
    boolean add(long version) {
        int bit = Math.toIntExact(version);
        if (versions.get(bit)) {
            doubled++;
            return false;
        }
        versions.set(bit);
        inverted |= version < highest;
        highest = Math.max(highest, version);
        return true;
    }

    /** How many of the versions 1 to this one were told. */
    long upTo(long version) {
        return versions.get(1, Math.toIntExact(version) + 1).cardinality();
    }

    long distinct() {
        return versions.cardinality();
    }

    long doubled() {
        return doubled;
    }

    boolean isInverted() {
        return inverted;
    }

    long firstAt() {
        return firstAt;
    }
}
