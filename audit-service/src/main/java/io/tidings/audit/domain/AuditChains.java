package io.tidings.audit.domain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Where each hash chain ends, and whether all of them hold. */
@Repository
public class AuditChains {

    /** Records are read that many at a time; without their payloads, which the database digests itself. */
    private static final int READ_AT_ONCE = 50;

    private final JdbcTemplate jdbc;
    private final JdbcTemplate reader;

    AuditChains(JdbcTemplate jdbc, DataSource dataSource) {
        this.jdbc = jdbc;
        this.reader = new JdbcTemplate(dataSource);
        reader.setFetchSize(READ_AT_ONCE);
    }

    /** Locks the ends of these chains for the rest of the transaction; in their order, so that nobody deadlocks. */
    Map<String, ChainHead> lock(SortedSet<String> chains) {
        Map<String, ChainHead> heads = select(chains);
        if (heads.size() < chains.size()) {
            jdbc.update("""
                    insert into audit_chain (name, length, hash)
                    select name, 0, ? from unnest(?::text[]) as chain (name) order by name collate "C"
                    on conflict do nothing
                    """, ChainHead.empty("").hash(), chains.toArray(String[]::new));
            heads = select(chains);
        }
        return heads;
    }

    private Map<String, ChainHead> select(SortedSet<String> chains) {
        Map<String, ChainHead> heads = new HashMap<>();
        jdbc.query(
                """
                select name, length, hash from audit_chain
                where name = any (?::text[]) order by name collate "C" for update
                """,
                row -> {
                    heads.put(
                            row.getString("name"),
                            new ChainHead(row.getString("name"), row.getLong("length"), row.getBytes("hash")));
                },
                (Object) chains.toArray(String[]::new));
        return heads;
    }

    /** Recomputes all chains, as they are at this moment. Takes a time in proportion to all records, and little memory. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Verification verify() {
        List<ChainHead> heads = jdbc.query(
                "select name, length, hash from audit_chain",
                (row, number) -> new ChainHead(row.getString("name"), row.getLong("length"), row.getBytes("hash")));
        List<DetachedRun> detached = jdbc.query(
                "select chain, first, last, hash from audit_detached",
                (row, number) -> new DetachedRun(
                        row.getLong("first"),
                        new ChainHead(row.getString("chain"), row.getLong("last"), row.getBytes("hash"))));
        ChainVerifier verifier = new ChainVerifier(heads, detached);
        reader.query("""
                select event_id, topic, key, type, name, source, correlation_id, causation_id, traceparent, occurred_at,
                    recorded_at, annotations, ''::bytea as payload, sha256(payload) as payload_digest,
                    chain, position, hash
                from audit_event order by chain, position
                """, row -> {
            verifier.next(
                    new ChainHead(row.getString("chain"), row.getLong("position"), row.getBytes("hash")),
                    AuditTrail.event(row),
                    row.getString("name"),
                    row.getBytes("payload_digest"));
        });
        return verifier.result();
    }
}
