package io.tidings.bus.operations;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of the bus's activities wait for infrastructure, since when and why. */
public final class BusStatus {

    private static final Logger log = LoggerFactory.getLogger(BusStatus.class);

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /**
     * Why an activity waits.
     *
     * @param since when it began to
     * @param reason of its last attempt
     */
    public record Waiting(Instant since, String reason) {}

    /** An activity can't go on and will try again. */
    public void waiting(String activity, Throwable failure) {
        Waiting before = waiting.get(activity);
        waiting.put(activity, new Waiting(before == null ? Instant.now() : before.since(), failure.toString()));
        if (before == null) {
            log.warn(
                    "The {} waits, and loses nothing by it, until what it needs is back: {}",
                    activity,
                    failure.toString());
        }
    }

    /** An activity goes on. */
    public void working(String activity) {
        Waiting before = waiting.remove(activity);
        if (before != null) {
            log.info("The {} goes on; it had waited since {}.", activity, before.since());
        }
    }

    /** The activities that wait, by name. */
    public Map<String, Waiting> waiting() {
        return Map.copyOf(waiting);
    }
}
