package io.tidings.bus.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What callers have asked for under a key of theirs, and what they were answered: see the <a
 * href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">Idempotency-Key</a> header. A caller
 * that got no answer asks again under the same key, and nothing is done twice.
 */
public final class IdempotencyKeys {

    public static final String HEADER = "Idempotency-Key";

    public static final int LONGEST = 128;

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;

    public IdempotencyKeys(JdbcTemplate jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * An answer, and when it was found.
     *
     * @param isNew whether it was found now; otherwise it is the one that was given first
     */
    public record Answered<T>(T answer, boolean isNew) {}

    /** The answer has a value unless the row was made by the transaction that reads it. */
    private record Use(byte[] fingerprint, @Nullable String answer) {}

    /**
     * Does the work, unless it was done under this key: then answers as the first time. The key is taken in the
     * transaction of the work, so it is free again if the work fails. Who asks while another is at work under the same
     * key waits for the end of that.
     *
     * @param scope whose keys these are, such as one user's: the same key of someone else is another key
     * @param key as the header has it; without one the work is done
     * @param request what is asked for; its text says all of it, as a record's does
     * @param answer what the answer is kept as, in JSON
     * @throws ErrorResponseException 400 if the key is too long or empty; 422 if it was used for another request
     */
    public <T> Answered<T> once(String scope, @Nullable String key, Object request, Class<T> answer, Supplier<T> work) {
        if (key == null) {
            return new Answered<>(work.get(), true);
        }
        if (key.isEmpty() || key.length() > LONGEST) {
            throw Problem.badRequest(HEADER, "must be 1 to %d characters".formatted(LONGEST));
        }
        byte[] id = digest(scope, key);
        byte[] fingerprint = digest(request.toString());
        return Objects.requireNonNull(transactions.execute(transaction -> {
            Use use = take(id, fingerprint);
            if (!Arrays.equals(use.fingerprint(), fingerprint)) {
                throw Problem.unprocessable(HEADER, "was used for another request; use a new key");
            }
            if (use.answer() != null) {
                return new Answered<>(MAPPER.readValue(use.answer(), answer), false);
            }
            T found = work.get();
            remember(id, MAPPER.writeValueAsString(found));
            return new Answered<>(found, true);
        }));
    }

    /** A row that is there is written again, for only that waits for its lock and then sees what others made of it. */
    private Use take(byte[] id, byte[] fingerprint) {
        return Objects.requireNonNull(jdbc.queryForObject(
                """
                insert into idempotency_key as taken (id, fingerprint) values (?, ?)
                on conflict (id) do update set fingerprint = taken.fingerprint
                returning fingerprint, answer
                """, (row, number) -> new Use(row.getBytes("fingerprint"), row.getString("answer")), id, fingerprint));
    }

    private void remember(byte[] id, String answer) {
        jdbc.update("update idempotency_key set answer = ? where id = ?", answer, id);
    }

    /** Of a bounded length, whatever the length of the texts. */
    private static byte[] digest(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0); // which no header has, so where a key begins is never in doubt
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JVM has SHA-256.", impossible);
        }
    }
}
