package io.tidings.audit.domain;

import io.tidings.bus.Columns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** A key for each person of whom messages say something, until that person is erased. */
@Repository
class PersonKeys {

    private static final int KEY_LENGTH = 32;

    private final JdbcTemplate jdbc;
    private final SecureRandom random = new SecureRandom();

    PersonKeys(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The keys of all of them, made for those who have none. Who was erased gets one that nobody keeps. */
    Map<String, SecretKey> toSealFor(Set<String> persons) {
        if (persons.isEmpty()) {
            return Map.of();
        }
        // In their order, so that two recorders don't wait for each other.
        List<String> inOrder = persons.stream().sorted().toList();
        jdbc.update("""
                insert into person_key (person, key) select unnest(?::bytea[]), unnest(?::bytea[]) on conflict do nothing
                """, (PreparedStatement statement) -> {
            Columns<String> rows = new Columns<>(statement, inOrder);
            rows.bind(1, "bytea", PersonKeys::digest);
            rows.bind(2, "bytea", person -> anyKey());
        });
        Map<String, SecretKey> keys = new HashMap<>(toOpen(persons));
        persons.forEach(person -> keys.computeIfAbsent(person, erased -> aes(anyKey())));
        return keys;
    }

    /** The keys of those who were not erased. */
    Map<String, SecretKey> toOpen(Collection<String> persons) {
        if (persons.isEmpty()) {
            return Map.of();
        }
        Map<String, String> personsByDigest = new HashMap<>();
        persons.forEach(person -> personsByDigest.put(HexFormat.of().formatHex(digest(person)), person));
        Map<String, SecretKey> keys = new HashMap<>();
        jdbc.query(
                "select person, key from person_key where person = any (?::bytea[]) and key is not null",
                (PreparedStatement statement) ->
                        new Columns<>(statement, personsByDigest.values()).bind(1, "bytea", PersonKeys::digest),
                row -> {
                    keys.put(
                            personsByDigest.get(HexFormat.of().formatHex(row.getBytes("person"))),
                            aes(row.getBytes("key")));
                });
        return keys;
    }

    /** Throws their keys away, for good. */
    void erase(Set<String> persons) {
        if (persons.isEmpty()) {
            return;
        }
        List<String> inOrder = persons.stream().sorted().toList();
        jdbc.update(
                """
                insert into person_key (person, erased_at) select unnest(?::bytea[]), clock_timestamp()
                on conflict (person) do update set key = null, erased_at = excluded.erased_at
                where person_key.key is not null
                """,
                (PreparedStatement statement) ->
                        new Columns<>(statement, inOrder).bind(1, "bytea", PersonKeys::digest));
    }

    private byte[] anyKey() {
        byte[] key = new byte[KEY_LENGTH];
        random.nextBytes(key);
        return key;
    }

    private static SecretKey aes(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }

    private static byte[] digest(String person) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(person.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
