package io.tidings.audit.domain.replay;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where replays are called off. */
@Service
public class ReplayDesk {

    private final Replays replays;
    private final ReplaySender sender;

    ReplayDesk(Replays replays, ReplaySender sender) {
        this.replays = replays;
        this.sender = sender;
    }

    /**
     * Breaks it off. A target that was being made again is as it was before; one that was told some messages again keeps
     * what it was told so far.
     *
     * @return false if it has ended, or is about to
     */
    @Transactional
    public boolean cancel(UUID replayId) {
        Optional<Replay> underWay =
                replays.lock(replayId).filter(replay -> replay.phase().canBeCanceled());
        underWay.ifPresent(sender::callOff);
        return underWay.isPresent();
    }
}
