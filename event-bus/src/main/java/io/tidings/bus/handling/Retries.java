package io.tidings.bus.handling;

import io.tidings.bus.operations.Pace;
import java.time.Duration;

/**
 * How a message is tried again.
 *
 * @param attempts how often it is tried, at most
 * @param firstPause after the first failure; the others are longer
 * @param longestPause between two attempts
 * @param longestBatch when a batch that is still being tried is put back, to be given again: a consumer that does not ask
 *     for more in time (five minutes, by Kafka's default) loses its partitions
 */
public record Retries(int attempts, Duration firstPause, Duration longestPause, Duration longestBatch) {

    Pace pace() {
        return new Pace(firstPause, longestPause);
    }

    /** @throws BatchUnfinishedException if it is not to be waited for */
    static void pause(Pace pace) {
        try {
            Thread.sleep(pace.pause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BatchUnfinishedException(stopped);
        }
    }
}
