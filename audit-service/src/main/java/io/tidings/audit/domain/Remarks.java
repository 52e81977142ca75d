package io.tidings.audit.domain;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;

/**
 * What is written on a message in words, and may quote what the message says: why it became a dead letter, where that
 * happened, and why somebody gave it up.
 */
final class Remarks {

    private static final Set<String> NAMES =
            Set.of("dead-letter-reason", "dead-letter-stack", "dead-letter-discarded-why");

    private Remarks() {}

    /** The annotations with their remarks sealed. */
    static Map<String, String> close(Map<String, String> annotations, SecretKey key, UUID eventId) {
        return rewritten(
                annotations,
                remark -> Base64.getEncoder()
                        .encodeToString(Seal.close(remark.getBytes(StandardCharsets.UTF_8), key, eventId)));
    }

    /** The annotations with their remarks as they were; one that was not sealed with this key stays as it is. */
    static Map<String, String> open(Map<String, String> annotations, SecretKey key, UUID eventId) {
        return rewritten(
                annotations,
                remark -> sealIn(remark)
                        .flatMap(seal -> Seal.open(seal, key, eventId))
                        .map(words -> new String(words, StandardCharsets.UTF_8))
                        .orElse(remark));
    }

    static Map<String, String> leaveOut(Map<String, String> annotations) {
        Map<String, String> rest = new HashMap<>(annotations);
        rest.keySet().removeAll(NAMES);
        return rest;
    }

    private static Map<String, String> rewritten(Map<String, String> annotations, UnaryOperator<String> change) {
        Map<String, String> rewritten = new HashMap<>(annotations);
        NAMES.forEach(name -> rewritten.computeIfPresent(name, (known, remark) -> change.apply(remark)));
        return rewritten;
    }

    private static Optional<byte[]> sealIn(String remark) {
        try {
            return Optional.of(Base64.getDecoder().decode(remark)).filter(Seal::isOn);
        } catch (IllegalArgumentException words) {
            return Optional.empty();
        }
    }
}
