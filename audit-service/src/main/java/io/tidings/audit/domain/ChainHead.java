package io.tidings.audit.domain;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a hash chain ends. Each record's hash is taken over the hash before it and over all that is recorded, so that
 * nobody can change, remove or insert a record without changing all hashes after it.
 *
 * @param chain such as {@code orders/3}
 * @param length how many records it has
 * @param hash of the last record; 32 zeros if there is none
 */
record ChainHead(String chain, long length, byte[] hash) {

    /** More chains let more recorders work at a time, and are more to look after. */
    private static final int CHAINS_OF_A_TOPIC = 6;

    private static final int HASH_LENGTH = 32;

    static ChainHead empty(String chain) {
        return new ChainHead(chain, 0, new byte[HASH_LENGTH]);
    }

    /**
     * The chain that a message belongs to. By its key and not by its partition, which not every transport has: so a key
     * stays in its chain whatever becomes of the topic's partitions, and in the order in which it was recorded.
     */
    static String chainOf(AuditEvent event) {
        CRC32 sum = new CRC32();
        sum.update(event.key().getBytes(StandardCharsets.UTF_8));
        return "%s/%d".formatted(event.topic(), sum.getValue() % CHAINS_OF_A_TOPIC);
    }

    /** The head when the event is recorded next. */
    ChainHead after(AuditEvent event) {
        return after(event, sha256().digest(event.payload()));
    }

    /** @param payloadDigest SHA-256 of the payload, which need not be there itself */
    ChainHead after(AuditEvent event, byte[] payloadDigest) {
        MessageDigest digest = sha256();
        digest.update(hash);
        digest.update(canonical(chain, length + 1, event, payloadDigest));
        return new ChainHead(chain, length + 1, digest.digest());
    }

    /** All that is recorded of a message in one unmistakable form: each text begins with its length. */
    private static byte[] canonical(String chain, long position, AuditEvent event, byte[] payloadDigest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream content = new DataOutputStream(bytes)) {
            write(content, chain);
            content.writeLong(position);
            content.writeLong(event.eventId().getMostSignificantBits());
            content.writeLong(event.eventId().getLeastSignificantBits());
            write(content, event.topic());
            write(content, event.key());
            write(content, event.type());
            write(content, event.source());
            write(content, event.correlationId());
            write(content, event.causationId());
            write(content, event.traceparent());
            write(content, event.occurredAt());
            write(content, event.recordedAt());
            content.writeInt(event.annotations().size());
            for (Map.Entry<String, String> annotation : new TreeMap<>(event.annotations()).entrySet()) {
                write(content, annotation.getKey());
                write(content, annotation.getValue());
            }
            content.write(payloadDigest);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory can always be written to.", impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream content, @Nullable String text) throws IOException {
        if (text == null) {
            content.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        content.writeInt(bytes.length);
        content.write(bytes);
    }

    private static void write(DataOutputStream content, Instant time) throws IOException {
        content.writeLong(time.getEpochSecond());
        content.writeInt(time.getNano());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
