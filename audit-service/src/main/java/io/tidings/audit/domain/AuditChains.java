package io.tidings.audit.domain;

import java.sql.ResultSet;
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

    /** One after the other is found by the index; who asks for all different ones has the whole log read. */
    private static final String ALL_WITH_RECORDS = """
            with recursive present (chain) as (
                (select chain from audit_event order by chain limit 1)
                union all
                select (select chain from audit_event where chain > present.chain order by chain limit 1)
                from present where present.chain is not null)
            select chain from present where chain is not null
            """;

    /** Limited, so that the index is read and nothing is sorted; with ties, since who tampers may give a place twice. */
    private static final String NEXT_RECORDS = """
            select event_id, topic, key, type, name, source, correlation_id, causation_id, traceparent, occurred_at,
                recorded_at, annotations, ''::bytea as payload, sha256(payload) as payload_digest,
                chain, position, hash
            from audit_event where chain = ? and position > ?
            order by position fetch first 1000 rows with ties
            """;

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
        for (String chain : jdbc.queryForList(ALL_WITH_RECORDS, String.class)) {
            long before;
            long last = Long.MIN_VALUE;
            do {
                before = last;
                last = verifyNext(verifier, chain, before);
            } while (last > before);
        }
        return verifier.result();
    }

    /**
     * Some records at a time: the first of them come at once however long the chain is, and the connection does not give
     * up waiting.
     *
     * @return the position of the last of them; that before them if there are none
     */
    private long verifyNext(ChainVerifier verifier, String chain, long after) {
        return reader.query(
                NEXT_RECORDS,
                (ResultSet row) -> {
                    long last = after;
                    while (row.next()) {
                        last = row.getLong("position");
                        verifier.next(
                                new ChainHead(row.getString("chain"), last, row.getBytes("hash")),
                                AuditTrail.event(row),
                                row.getString("name"),
                                row.getBytes("payload_digest"));
                    }
                    return last;
                },
                chain,
                after);
    }
}
