package io.tidings.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A part of the log with a message for each minute of its month, to see how much of it is read. They are in no chain, so
 * they must not stay: it is to be filled in a transaction that is rolled back.
 */
final class FullPart {

    static final int MESSAGES = 20_000;

    private final JdbcClient database;
    private final Instant month;
    private final String name;

    private FullPart(JdbcClient database, LocalDate month) {
        this.database = database;
        this.month = month.atStartOfDay(ZoneOffset.UTC).toInstant();
        this.name = "audit_event_%d_%02d".formatted(month.getYear(), month.getMonthValue());
    }

    /** Makes the part, which stays, for a month that begins on a day. */
    static FullPart of(JdbcClient database, String month) {
        LocalDate first = LocalDate.parse(month);
        database.sql("select audit_make_part(?)").param(first).query().singleRow();
        return new FullPart(database, first);
    }

    void fill() {
        database.sql("""
                insert into audit_event (event_id, topic, key, type, name, source, correlation_id,
                    occurred_at, recorded_at, annotations, payload, chain, position, hash)
                select overlay(audit_first_id(at)::text placing right(md5(number::text), 12) from 25)::uuid,
                    'orders', 'a-key-of-time', 'io.tidings.OrderAdmired.v1', 'OrderAdmired', '/a-service', 'a-flow-of-time',
                    at, at, '{}', '{}', 'of-time/' || number % 200, 1 + number / 200, decode(repeat('00', 32), 'hex')
                from generate_series(1, :messages) as number,
                    lateral (select cast(:month as timestamptz) + number * interval '1 minute' as at) made
                """)
                .param("messages", MESSAGES)
                .param("month", month.toString())
                .update();
        database.sql("analyze " + name).update();
    }

    /** In the current transaction, as the database counts them. */
    long rowsRead() {
        return count("seq_tup_read + coalesce(idx_tup_fetch, 0)");
    }

    /** Those of them that were read without an index. */
    long rowsReadThrough() {
        return count("seq_tup_read");
    }

    private long count(String what) {
        return database.sql("select %s from pg_stat_xact_user_tables where relname = '%s'".formatted(what, name))
                .query(Long.class)
                .single();
    }
}
