package io.tidings.search.domain;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What someone looks for.
 *
 * @param text words, of which the last may be the beginning of one
 * @param kinds what may be found
 * @param after where the page before this one ended; null for the first
 * @param limit how much is found at most
 */
public record Query(String text, Set<Kind> kinds, @Nullable Position after, int limit) {

    public Query {
        kinds = EnumSet.copyOf(kinds);
    }

    /** Whether there is anything to look for: punctuation alone is no word. */
    public boolean hasWords() {
        return !Words.of(text).isEmpty();
    }

    /** A place in what a query finds: the best first and, among equals, by id. */
    public record Position(double rank, String id) {

        public static Position of(Found found) {
            return new Position(found.rank(), found.id());
        }
    }
}
