package io.tidings.bus.outbox;

import io.tidings.bus.operations.Pace;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that a relay holds back, because a message of them was refused or got no answer. Which they are is known to one
 * instance alone, and may be forgotten at any time: the order rests on the table, where a key's oldest message is read
 * first.
 */
final class HeldKeys {

    private static final Logger log = LoggerFactory.getLogger(HeldKeys.class);
    private static final int PARTS_OF_A_BATCH = 10;
    /** While the broker is away, each attempt adds a batch of keys; each of them is told to the database in every look. */
    private static final int MOST_WITHOUT_ANY_ANSWER = 10_000;

    private final OutboxRelay.Settings settings;
    private final Map<String, HeldKey> keys = new ConcurrentHashMap<>();

    /** @param refused whether the broker has ever refused it since it is held */
    private record HeldKey(Instant until, Pace pace, boolean refused) {}

    /**
     * What a look leaves out.
     *
     * @param held keys that it passes over
     * @param triedAgain keys that were held, and that it does not pass over any longer
     */
    record Restraint(Set<String> held, Set<String> triedAgain) {}

    HeldKeys(OutboxRelay.Settings settings) {
        this.settings = settings;
    }

    /**
     * Those whose pause is over are tried again a few at a time, the longest over first: their messages are the oldest, and
     * would fill each batch where there are many, so that nothing else left.
     */
    Restraint restraintAt(Instant now) {
        Set<String> triedAgain = keys.entrySet().stream()
                .filter(candidate -> !candidate.getValue().until().isAfter(now))
                .sorted(Comparator.comparing(candidate -> candidate.getValue().until()))
                .limit(Math.max(1, settings.batchSize() / PARTS_OF_A_BATCH))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<String> held = new HashSet<>(keys.keySet());
        held.removeAll(triedAgain);
        return new Restraint(held, triedAgain);
    }

    /**
     * Another instance may have sent what a key waited for, or an operator removed it: such a key would be tried in vain for
     * ever, in the place of others. One that still waits, behind a full batch, is held again when its turn has come.
     */
    void forgetAbsent(Restraint restraint, List<OutboxMessage> batch) {
        if (restraint.triedAgain().isEmpty()) {
            return;
        }
        Set<String> present = batch.stream().map(OutboxMessage::key).collect(Collectors.toSet());
        restraint.triedAgain().stream().filter(Predicate.not(present::contains)).forEach(keys::remove);
    }

    void holdOrRelease(List<OutboxMessage> batch, Broker.Receipt receipt) {
        Set<String> failed = new HashSet<>();
        Set<String> unanswered = new HashSet<>();
        for (OutboxMessage message : batch) {
            Exception refusal = receipt.refused().get(message.id());
            if (receipt.acknowledged().contains(message.id())) {
                release(message);
            } else if (failed.add(message.key())) {
                if (refusal == null) {
                    unanswered.add(message.key());
                } else {
                    hold(message, refusal);
                }
            }
        }
        receipt.unreachable().ifPresent(failure -> {
            if (receipt.acknowledged().isEmpty()) {
                holdForTheOthers(unanswered);
            } else {
                hold(unanswered, failure);
            }
        });
    }

    private void release(OutboxMessage message) {
        HeldKey released = keys.remove(message.key());
        if (released != null && released.refused()) {
            log.info("Key {} is no longer held back: the broker took its message {}.", message.key(), message.id());
        }
    }

    private void hold(OutboxMessage refused, Exception refusal) {
        holdLonger(refused.key(), true);
        log.error(
                "The broker refused message {} of key {} for topic {}, so the key is held back and tried again; mend the"
                        + " cause (GET /outbox/held lists what is held): {}",
                refused.id(),
                refused.key(),
                refused.topic(),
                refusal.toString());
    }

    /** Others were answered, so these may lie in a partition that can't be written to; no round should wait for them. */
    private void hold(Set<String> unanswered, Exception failure) {
        unanswered.forEach(key -> holdLonger(key, false));
        log.warn(
                "The broker took other messages, but gave no answer to those of {} keys, so they are held back and tried again;"
                        + " see whether each partition has a leader and enough replicas in sync: {}",
                unanswered.size(),
                failure.toString());
    }

    private void holdLonger(String key, boolean refused) {
        HeldKey before = keys.get(key);
        Pace pace = before == null
                ? Pace.ofRefusals(settings.holdKeyFor())
                : before.pace().slower();
        boolean everRefused = refused || before != null && before.refused();
        keys.put(key, new HeldKey(Instant.now().plus(pace.pause()), pace, everRefused));
    }

    /**
     * Nobody was answered. Most likely the broker is away, and all should go on once it is back: hence no pause. But it may
     * be that these alone can't be sent, and fill the batch: hence others have room in the next one.
     */
    private void holdForTheOthers(Set<String> unanswered) {
        Instant now = Instant.now();
        for (String key : unanswered) {
            HeldKey before = keys.get(key);
            if (before != null) {
                keys.put(key, new HeldKey(now, before.pace(), before.refused()));
            } else if (keys.size() < MOST_WITHOUT_ANY_ANSWER) {
                keys.put(key, new HeldKey(now, Pace.ofRefusals(settings.holdKeyFor()), false));
            }
        }
    }
}
