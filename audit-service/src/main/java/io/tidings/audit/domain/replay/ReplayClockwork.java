package io.tidings.audit.domain.replay;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Clockwork;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Lets the {@link ReplaySender} take its steps, for as long as there are any. */
@Component
class ReplayClockwork extends Clockwork {

    private static final Duration EVERY = Duration.ofMillis(200);

    private final ReplaySender sender;

    ReplayClockwork(ReplaySender sender, BusStatus status) {
        super("sending of replays", EVERY, EVERY, status);
        this.sender = sender;
    }

    @Override
    protected boolean turn() {
        return sender.step();
    }
}
