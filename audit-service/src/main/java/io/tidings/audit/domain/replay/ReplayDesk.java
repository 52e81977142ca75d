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

    /** @return false if it has ended, or would leave the target half made */
    @Transactional
    public boolean cancel(UUID replayId) {
        Optional<ReplayPhase> before = replays.cancel(replayId);
        before.filter(phase -> phase != ReplayPhase.REQUESTED)
                .flatMap(begun -> replays.find(replayId))
                .ifPresent(sender::callOff);
        return before.isPresent();
    }
}
