package io.tidings.benchmarks.contender;

import java.util.concurrent.atomic.LongAdder;

/** The table that consumers write to, one row an event, and how many rows they have written, committed or not. */
public final class AppliedOrders {

    /** What the harness makes before a contender starts. An order that is applied twice is there twice. */
    public static final String TABLE = """
            create table applied_order (
                id          bigint generated always as identity primary key,
                order_id    uuid   not null,
                version     bigint not null,
                customer    text   not null,
                address     text   not null,
                total_minor bigint not null,
                currency    text   not null,
                note        text   not null
            )
            """;

    public static final String INSERT = """
            insert into applied_order (order_id, version, customer, address, total_minor, currency, note)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    private final LongAdder written = new LongAdder();

    public void add(int rows) {
        written.add(rows);
    }

    long written() {
        return written.sum();
    }
}
