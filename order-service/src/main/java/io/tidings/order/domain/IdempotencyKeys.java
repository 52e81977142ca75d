package io.tidings.order.domain;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What callers have asked for under a key; see the <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">Idempotency-Key</a> header. */
@Repository
class IdempotencyKeys {

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was asked for under a key, and the order that came of it. */
    record Use(String fingerprint, UUID orderId) {}

    /**
     * Takes the key for an order, unless it is taken; then returns its first use. Who asks while another transaction is
     * about to take the same key waits for its end.
     */
    Optional<Use> take(String key, Use use) {
        int taken = jdbc.sql("""
                insert into idempotency_key (key, fingerprint, order_id) values (?, ?, ?) on conflict do nothing
                """).params(key, use.fingerprint(), use.orderId()).update();
        return taken == 1
                ? Optional.empty()
                : jdbc.sql("select fingerprint, order_id from idempotency_key where key = ?")
                        .param(key)
                        .query(Use.class)
                        .optional();
    }
}
