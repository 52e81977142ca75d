package io.tidings.audit.domain;

import io.tidings.audit.domain.Verification.BrokenRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows the chains record by record, and remembers the first that is broken. Knows one record at a time. */
final class ChainVerifier {

    private static final HexFormat HEX = HexFormat.of();

    private final Map<String, ChainHead> unseen = new HashMap<>();
    private final Map<ChainPlace, ChainHead> detached = new HashMap<>();
    private final int chains;
    private long records;
    private @Nullable ChainHead expectedEnd;
    private @Nullable ChainHead current;
    private @Nullable BrokenRecord broken;

    /** A place in a chain. */
    private record ChainPlace(String chain, long position) {}

    /**
     * @param heads where each chain ends, as written down
     * @param detached records that are elsewhere now
     */
    ChainVerifier(Iterable<ChainHead> heads, Iterable<DetachedRun> detached) {
        heads.forEach(head -> unseen.put(head.chain(), head));
        detached.forEach(run -> this.detached.put(new ChainPlace(run.end().chain(), run.first()), run.end()));
        this.chains = unseen.size();
    }

    /**
     * The next record. Those of a chain come one after the other, by their positions.
     *
     * @param recorded what is written on it: its chain, position and hash
     * @param name what is kept of its type beside it
     */
    void next(ChainHead recorded, AuditEvent event, String name, byte[] payloadDigest) {
        records++;
        if (current == null || !current.chain().equals(recorded.chain())) {
            endChain();
            current = ChainHead.empty(recorded.chain());
            expectedEnd = unseen.remove(recorded.chain());
        }
        current = passDetached(current);
        if (broken == null) {
            broken = check(current, recorded, event, name, payloadDigest);
        }
        current = recorded;
    }

    /** Where the chain goes on after records that are elsewhere. */
    private ChainHead passDetached(ChainHead head) {
        ChainHead passed = head;
        for (ChainHead end = head; end != null; end = detached.get(new ChainPlace(end.chain(), end.length() + 1))) {
            passed = end;
        }
        return passed;
    }

    private @Nullable BrokenRecord check(
            ChainHead previous, ChainHead recorded, AuditEvent event, String name, byte[] payloadDigest) {
        long position = previous.length() + 1;
        if (recorded.length() != position) {
            return new BrokenRecord(
                    recorded.chain(),
                    position,
                    null,
                    "It is missing: after record %d comes record %d.".formatted(previous.length(), recorded.length()),
                    null,
                    null);
        }
        byte[] expected = previous.after(event, payloadDigest).hash();
        if (!Arrays.equals(expected, recorded.hash())) {
            return broken(recorded, event.eventId(), "What it says and its hash do not fit together.", expected);
        }
        if (!event.name().equals(name)) {
            return broken(
                    recorded,
                    event.eventId(),
                    "It is found by name %s, which is not its own.".formatted(name),
                    expected);
        }
        if (!ChainHead.chainOf(event).equals(recorded.chain())) {
            return broken(
                    recorded, event.eventId(), "It belongs to chain %s.".formatted(ChainHead.chainOf(event)), expected);
        }
        return null;
    }

    private static BrokenRecord broken(ChainHead recorded, UUID eventId, String problem, byte[] expected) {
        return new BrokenRecord(
                recorded.chain(),
                recorded.length(),
                eventId,
                problem,
                HEX.formatHex(expected),
                HEX.formatHex(recorded.hash()));
    }

    private void endChain() {
        if (current != null && broken == null) {
            broken = checkEnd(passDetached(current), expectedEnd);
        }
    }

    private static @Nullable BrokenRecord checkEnd(ChainHead last, @Nullable ChainHead expected) {
        long length = expected == null ? 0 : expected.length();
        if (length > last.length()) {
            return new BrokenRecord(
                    last.chain(),
                    last.length() + 1,
                    null,
                    "It is missing: the chain has had %d records.".formatted(length),
                    last.length() + 1 == length && expected != null ? HEX.formatHex(expected.hash()) : null,
                    null);
        }
        if (expected == null || length < last.length()) {
            return new BrokenRecord(
                    last.chain(),
                    length + 1,
                    null,
                    "It was put in: the chain has had %d records, and now there are %d."
                            .formatted(length, last.length()),
                    null,
                    null);
        }
        if (!Arrays.equals(expected.hash(), last.hash())) {
            return new BrokenRecord(
                    last.chain(),
                    last.length(),
                    null,
                    "The chain ended otherwise.",
                    HEX.formatHex(expected.hash()),
                    HEX.formatHex(last.hash()));
        }
        return null;
    }

    /** To be asked when all records have come. */
    Verification result() {
        endChain();
        current = null;
        unseen.values().stream()
                .filter(head -> head.length() > 0)
                .sorted((one, other) -> one.chain().compareTo(other.chain()))
                .filter(head -> broken == null)
                .forEach(head -> broken = checkEnd(passDetached(ChainHead.empty(head.chain())), head));
        return new Verification(chains, records, broken);
    }
}
