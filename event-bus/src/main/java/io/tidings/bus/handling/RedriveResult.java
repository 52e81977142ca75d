package io.tidings.bus.handling;

import java.util.List;
import java.util.UUID;

/**
 * What came of a redrive.
 *
 * @param redriven messages that were handled
 * @param failed messages that failed again, one for each key at most
 * @param failures the first of them
 * @param finished false if time was up before all was tried: ask again
 */
public record RedriveResult(int redriven, int failed, List<Failure> failures, boolean finished) {

    /** @param attempts in all, also those before */
    public record Failure(UUID id, String topic, String key, String type, int attempts, String reason) {}
}
