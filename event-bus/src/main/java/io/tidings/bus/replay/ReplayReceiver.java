package io.tidings.bus.replay;

import io.tidings.bus.Projection;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.ReplayedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of a replay in their order. Each step may come again and is done once: the second copy of a projection
 * is made in the transaction that shuts the gate, and what was replayed already is known to its inbox. When it takes the
 * place of the first, its inbox does too, and knows what comes live afterwards and was replayed.
 */
public final class ReplayReceiver {

    private static final Logger log = LoggerFactory.getLogger(ReplayReceiver.class);

    private final ReplayGate gate;
    private final List<Projection> projections;
    private final SecondCopy copy;
    private final BatchProcessor processor;

    /** @param processor whose transactions do not look at the gate, and work on the copy */
    public ReplayReceiver(ReplayGate gate, List<Projection> projections, SecondCopy copy, BatchProcessor processor) {
        this.gate = gate;
        this.projections = List.copyOf(projections);
        this.copy = copy;
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
                case BEGIN -> {
                    handle(together);
                    beginAnew(replay);
                }
                case BEGIN_AGAIN -> {
                    handle(together);
                    beginAgain(replay);
                }
                case END -> {
                    handle(together);
                    end(replay);
                }
                case CANCEL -> {
                    together.clear();
                    cancel(replay);
                }
            }
        }
        handle(together);
    }

    private void beginAnew(UUID replay) {
        gate.transactions().executeWithoutResult(transaction -> {
            if (gate.shut(replay)) {
                copy.make();
                log.info(
                        "Replay {} begins: projections are made again beside those in use; live messages wait.",
                        replay);
            }
        });
    }

    private void beginAgain(UUID replay) {
        if (!projections.stream().allMatch(Projection::canHearAgain)) {
            log.error(
                    "Replay {} tells single messages again, which a projection here can't hear twice: they are passed over."
                            + " Rebuild the whole, without types, keys, a flow or times.",
                    replay);
            return;
        }
        gate.transactions().executeWithoutResult(transaction -> {
            if (gate.shut(replay)) {
                copy.discard();
                log.info("Replay {} begins: messages are told again; live ones wait.", replay);
            }
        });
    }

    private void handle(List<Envelope> together) {
        if (together.isEmpty()) {
            return;
        }
        UUID replay = ReplayedMessage.replayOf(together.getFirst());
        if (replay != null && gate.isShutBy(replay)) {
            // A log has messages of topics that we would never have listened to.
            Set<String> topics = processor.topics();
            processor.process(together.stream()
                    .map(ReplayedMessage::unwrap)
                    .filter(message -> topics.contains(message.topic()))
                    .toList());
        }
        together.clear();
    }

    private void end(UUID replay) {
        gate.transactions().executeWithoutResult(transaction -> {
            if (gate.isShutBy(replay) && copy.isThere()) {
                copy.takeOver();
                projections.forEach(Projection::rebuilt);
            }
            gate.open(replay);
        });
        log.info("Replay {} ended; live messages are taken again.", replay);
    }

    private void cancel(UUID replay) {
        gate.transactions().executeWithoutResult(transaction -> {
            if (gate.isShutBy(replay)) {
                copy.discard();
            }
            gate.open(replay);
        });
        log.info("Replay {} was canceled: all is as it was before it; live messages are taken again.", replay);
    }
}
