package io.tidings.audit.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final UUID RECORD = UUID.randomUUID();
    private static final SecretKey KEY = key((byte) 1);
    private static final byte[] CONTENT = "{\"familyName\":\"Lovelace\"}".getBytes(StandardCharsets.UTF_8);

    private static SecretKey key(byte first) {
        byte[] key = new byte[32];
        key[0] = first;
        return new SecretKeySpec(key, "AES");
    }

    @Test
    void what_is_sealed_is_opened_by_its_key() {
        byte[] sealed = Seal.close(CONTENT, KEY, RECORD);

        assertThat(Seal.isOn(sealed)).isTrue();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("Lovelace");
        assertThat(Seal.open(sealed, KEY, RECORD))
                .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(CONTENT));
    }

    @Test
    void the_same_content_looks_different_each_time() {
        assertThat(Seal.close(CONTENT, KEY, RECORD)).isNotEqualTo(Seal.close(CONTENT, KEY, RECORD));
    }

    @Test
    void nothing_else_opens_it() {
        byte[] sealed = Seal.close(CONTENT, KEY, RECORD);
        byte[] changed = sealed.clone();
        changed[changed.length - 1] ^= 1;

        assertThat(Seal.open(sealed, key((byte) 2), RECORD)).isEmpty();
        assertThat(Seal.open(sealed, KEY, UUID.randomUUID())).isEmpty();
        assertThat(Seal.open(changed, KEY, RECORD)).isEmpty();
    }

    @Test
    void json_is_never_taken_for_sealed() {
        assertThat(Seal.isOn(CONTENT)).isFalse();
        assertThat(Seal.isOn(new byte[0])).isFalse();
    }
}
