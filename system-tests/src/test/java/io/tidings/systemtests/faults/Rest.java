package io.tidings.systemtests.faults;

import io.tidings.systemtests.cluster.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** When nothing moves any more. */
final class Rest {

    static final Duration QUIET_FOR = Duration.ofSeconds(3);

    private static final Duration LOOK_EVERY = Duration.ofMillis(300);

    private final Cluster cluster;
    private long takenBefore = -1;
    private Instant since = Instant.now();

    Rest(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Waits until nothing is under way; operators open meanwhile what is parked. Says whether that was in time.
     *
     * @param unreadable messages that are no events, and are discarded
     */
    boolean comes(Operators operators, Set<UUID> unreadable, Duration atMost) {
        return inTime(atMost, () -> {
            cluster.awaitAllReady();
            boolean open = operators.openAllKeys(unreadable);
            return lasts(open && Ledger.underWay(cluster.database()) == 0);
        });
    }

    /** As {@link #comes}, of a system that is damaged: what it has lost it waits for as long as it runs. */
    boolean comesToTheDamaged(Operators operators, Duration atMost) {
        return inTime(atMost, () -> {
            cluster.awaitAllReady();
            operators.openAllKeys(Set.of());
            return lasts(true);
        });
    }

    private static boolean inTime(Duration atMost, Callable<Boolean> condition) {
        try {
            Awaitility.await("the system to come to rest")
                    .atMost(atMost)
                    .pollInterval(LOOK_EVERY)
                    .until(condition);
            return true;
        } catch (ConditionTimeoutException restless) {
            return false;
        }
    }

    /** Whether nobody has moved for long enough. */
    private boolean lasts(boolean still) throws Exception {
        long taken = Ledger.taken(cluster.database());
        if (!still || taken != takenBefore) {
            takenBefore = taken;
            since = Instant.now();
        }
        return Duration.between(since, Instant.now()).compareTo(QUIET_FOR) >= 0;
    }
}
