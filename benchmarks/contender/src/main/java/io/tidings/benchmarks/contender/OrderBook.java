package io.tidings.benchmarks.contender;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The orders, of which each change is told: the application that is the same for every contender. */
public final class OrderBook {

    /** What the harness makes before a contender starts. */
    public static final String TABLE = """
            create table orders (
                id          uuid   primary key,
                version     bigint not null,
                customer    text   not null,
                address     text   not null,
                total_minor bigint not null,
                currency    text   not null,
                note        text   not null
            )
            """;

    private static final String INSERT = """
            insert into orders (id, version, customer, address, total_minor, currency, note)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final Announcer announcer;

    OrderBook(JdbcTemplate jdbc, TransactionOperations transactions, Announcer announcer) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.announcer = announcer;
    }

    /** Places an order in one transaction, which tells of it; answers its id when it is committed. */
    UUID place() {
        OrderChanged order = OrderChanged.placed();
        transactions.executeWithoutResult(transaction -> {
            jdbc.update(INSERT, columns(order));
            announcer.announce(order);
        });
        return order.orderId();
    }

    /** Changes an order under its row lock in one transaction, which tells of it. */
    void change(UUID orderId) {
        transactions.executeWithoutResult(transaction -> {
            long version = Objects.requireNonNull(jdbc.queryForObject(
                    "update orders set version = version + 1 where id = ? returning version", Long.class, orderId));
            announcer.announce(OrderChanged.of(orderId, version));
        });
    }

    /** Makes orders of which nothing is told before they change. */
    List<UUID> prepare(int orders) {
        List<OrderChanged> prepared = Stream.generate(OrderChanged::placed)
                .limit(orders)
                .map(order -> OrderChanged.of(order.orderId(), 0))
                .toList();
        jdbc.batchUpdate(INSERT, prepared.stream().map(OrderBook::columns).toList());
        return prepared.stream().map(OrderChanged::orderId).toList();
    }

    private static Object[] columns(OrderChanged order) {
        return new Object[] {
            order.orderId(),
            order.version(),
            order.customer(),
            order.address(),
            order.totalMinor(),
            order.currency(),
            order.note()
        };
    }
}
