package io.tidings.email.sending;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Pace;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Whether the servers that every mail needs were there when last asked. While they are not, mails wait together, and
 * ask again after longer and longer pauses; health says so.
 */
@Component
class Reachability {

    private static final String ACTIVITY = "sending of mails";

    private final BusStatus status;
    private Pace pace = Pace.ofInfrastructure();
    private Instant closedUntil = Instant.EPOCH;

    Reachability(BusStatus status) {
        this.status = status;
    }

    synchronized void learn(Outcome outcome) {
        switch (outcome) {
            case Outcome.Sent sent -> reached();
            case Outcome.Away(String reason, Exception failure) -> missed(failure);
            case Outcome.Refused refused -> {}
            case Outcome.Postponed postponed -> {}
        }
    }

    private void reached() {
        pace = Pace.ofInfrastructure();
        closedUntil = Instant.EPOCH;
        status.working(ACTIVITY);
    }

    private void missed(Exception failure) {
        Instant now = Instant.now();
        if (now.isBefore(closedUntil)) {
            return; // found out by several workers at the same time
        }
        closedUntil = now.plus(pace.pause());
        pace = pace.slower();
        status.waiting(ACTIVITY, failure);
    }

    /** How long to leave the servers alone; zero or less if they may be asked. */
    synchronized Duration pause() {
        return Duration.between(Instant.now(), closedUntil);
    }
}
