package io.tidings.audit.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * What a message says, so that only who has the key can read it: AES in Galois/Counter Mode, bound to the message's id, so
 * that it can't be put into another record. A mark of eight bytes comes first, then twelve that are different each time.
 */
final class Seal {

    private static final byte[] MARK = "\0sealed\0".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Seal() {}

    /** Whether the payload looks as if it were sealed; no JSON does. */
    static boolean isOn(byte[] payload) {
        return payload.length > MARK.length + NONCE_LENGTH
                && Arrays.equals(payload, 0, MARK.length, MARK, 0, MARK.length);
    }

    static byte[] close(byte[] content, SecretKey key, UUID eventId) {
        byte[] nonce = new byte[NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, eventId).doFinal(content);
            return ByteBuffer.allocate(MARK.length + nonce.length + sealed.length)
                    .put(MARK)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has AES in Galois/Counter Mode.", impossible);
        }
    }

    /** What is in a sealed payload; nothing if it was sealed with another key, or for another message. */
    static Optional<byte[]> open(byte[] payload, SecretKey key, UUID eventId) {
        int begin = MARK.length + NONCE_LENGTH;
        byte[] nonce = Arrays.copyOfRange(payload, MARK.length, begin);
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, key, nonce, eventId).doFinal(payload, begin, payload.length - begin));
        } catch (AEADBadTagException anotherKey) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has AES in Galois/Counter Mode.", impossible);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, UUID eventId) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(eventId.toString().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
