package io.tidings.audit.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of recomputing all hash chains.
 *
 * @param chains how many there are
 * @param records how many they have together
 * @param broken the first record that is not as it was recorded; null if all are
 */
public record Verification(
        int chains, long records, @Nullable BrokenRecord broken) {

    /**
     * A record that was changed, removed or put in.
     *
     * @param position in the chain, from 1
     * @param eventId the message that stands there; null if there is none
     * @param problem in a sentence
     * @param expected the hash that the record must have, in hexadecimal digits; null if nobody can know it
     * @param found the hash that it has; null if there is no record
     */
    public record BrokenRecord(
            String chain,
            long position,
            @Nullable UUID eventId,
            String problem,
            @Nullable String expected,
            @Nullable String found) {}
}
