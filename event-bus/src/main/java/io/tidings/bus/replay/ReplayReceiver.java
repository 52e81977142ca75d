package io.tidings.bus.replay;

import io.tidings.bus.Projection;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.ReplayedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of a replay in their order. Each step may come again and is done once: a projection is wiped in the
 * transaction that shuts the gate, and what was replayed already is known to the inbox, which was emptied with it. So is
 * what comes live afterwards and was replayed.
 */
public final class ReplayReceiver {

    private static final Logger log = LoggerFactory.getLogger(ReplayReceiver.class);

    private final ReplayGate gate;
    private final List<Projection> projections;
    private final BatchProcessor processor;

    /** @param processor whose transactions do not look at the gate */
    public ReplayReceiver(ReplayGate gate, List<Projection> projections, BatchProcessor processor) {
        this.gate = gate;
        this.projections = List.copyOf(projections);
        this.processor = processor;
    }

    /** @throws RuntimeException if infrastructure is away: then the same messages must be given again */
    public void receive(List<Envelope> messages) {
        List<Envelope> together = new ArrayList<>();
        for (Envelope message : messages) {
            UUID replay = ReplayedMessage.replayOf(message);
            ReplayedMessage.Step step = ReplayedMessage.stepOf(message).orElse(null);
            if (replay == null || step == null) {
                log.warn("{} is no message of a replay and is passed over.", message);
                continue;
            }
            switch (step) {
                case MESSAGE, MESSAGE_AGAIN -> together.add(message);
                case BEGIN, BEGIN_WITHOUT_WIPING -> {
                    handle(together);
                    begin(replay, step == ReplayedMessage.Step.BEGIN);
                }
                case END -> {
                    handle(together);
                    end(replay);
                }
            }
        }
        handle(together);
    }

    private void begin(UUID replay, boolean wiping) {
        gate.transactions().executeWithoutResult(transaction -> {
            if (gate.shut(replay)) {
                if (wiping) {
                    projections.forEach(Projection::wipe);
                    gate.forgetAll();
                }
                log.info("Replay {} begins{}; live messages wait.", replay, wiping ? " from nothing" : "");
            }
        });
    }

    private void handle(List<Envelope> together) {
        if (together.isEmpty()) {
            return;
        }
        UUID replay = ReplayedMessage.replayOf(together.getFirst());
        if (replay != null && gate.isShutBy(replay)) {
            gate.forget(together.stream()
                    .filter(message ->
                            ReplayedMessage.stepOf(message).orElseThrow() == ReplayedMessage.Step.MESSAGE_AGAIN)
                    .map(Envelope::id)
                    .toList());
            processor.process(together.stream().map(ReplayedMessage::unwrap).toList());
        }
        together.clear();
    }

    private void end(UUID replay) {
        gate.transactions().executeWithoutResult(transaction -> gate.open(replay));
        log.info("Replay {} ended; live messages are taken again.", replay);
    }
}
