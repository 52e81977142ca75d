package io.tidings.order.orchestration;

import io.tidings.bus.outbox.Outbox.Unsent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * When requests left the outbox, as far as that can be told from how long its oldest message waits. Nobody can answer a
 * request that has not left: the time to answer it begins then, and not when it was written.
 */
final class Departures {

    /** A deadline is set this much before its request is committed, and can be seen in the outbox, at most. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(1);

    private final Deque<Look> looks = new ArrayDeque<>();
    private final Duration answerWithin;

    Departures(Duration answerWithin) {
        this.answerWithin = answerWithin;
    }

    /**
     * How far the outbox had come.
     *
     * @param at when somebody looked
     * @param gone requests that were written before had left by then
     */
    private record Look(Instant at, Instant gone) {}

    /** Notes how far the outbox has come. */
    void note(Instant now, Unsent unsent) {
        Instant gone = now.minus(unsent.oldest()).minus(LONGEST_TRANSACTION);
        looks.addLast(new Look(now, gone));
    }

    /**
     * Deadlines up to this one have passed: their requests left long enough ago. Empty if nobody has watched for so
     * long.
     */
    Optional<Instant> passed(Instant now) {
        Instant longAgo = now.minus(answerWithin);
        Optional<Look> last = Optional.empty();
        while (!looks.isEmpty() && !looks.getFirst().at().isAfter(longAgo)) {
            last = Optional.of(looks.removeFirst());
        }
        last.ifPresent(looks::addFirst);
        return last.map(look -> look.gone().plus(answerWithin));
    }
}
