package io.tidings.payment.domain;

import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All payments. */
@Repository
public class Payments {

    private final JdbcClient jdbc;

    Payments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The payment of an order. */
    public Optional<RecordedPayment> find(UUID orderId) {
        return jdbc.sql("select * from payment where order_id = :order")
                .param("order", orderId)
                .query((row, number) ->
                        new RecordedPayment(payment(row), instant(row, "created_at"), instant(row, "updated_at")))
                .optional();
    }

    /**
     * Loads and locks the payments of orders, in the order of their ids. Those not heard of come as {@link
     * PaymentStatus#EXPECTED}, and are locked like the others: of two transactions that hear of an order at the same
     * time, the second sees what the first has made of it.
     *
     * @param users who pays, by order
     */
    Map<UUID, Payment> lock(Map<UUID, UUID> users) {
        // On conflict it changes nothing: it waits for, locks and returns the row.
        return jdbc
                .sql("""
                insert into payment (order_id, user_id, status)
                select order_id, user_id, 'EXPECTED'
                from unnest(cast(:orders as uuid[]), cast(:users as uuid[])) as wanted (order_id, user_id)
                order by order_id
                on conflict (order_id) do update set user_id = payment.user_id
                returning *
                """)
                .param("orders", users.keySet().toArray(UUID[]::new))
                .param("users", users.values().toArray(UUID[]::new))
                .query((row, number) -> payment(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Payment::orderId, Function.identity()));
    }

    /** Writes what became of payments that are locked. */
    void update(Collection<Payment> payments) {
        jdbc.sql("""
                update payment
                set status = decided.status, amount_minor = decided.amount_minor, currency = decided.currency,
                    fulfilment = decided.fulfilment, reason = decided.reason, updated_at = clock_timestamp()
                from unnest(
                        cast(:orders as uuid[]), cast(:statuses as text[]), cast(:amounts as bigint[]),
                        cast(:currencies as text[]), cast(:fulfilments as text[]), cast(:reasons as text[]))
                    as decided (order_id, status, amount_minor, currency, fulfilment, reason)
                where payment.order_id = decided.order_id
                """)
                .param("orders", payments.stream().map(Payment::orderId).toArray(UUID[]::new))
                .param(
                        "statuses",
                        payments.stream()
                                .map(payment -> payment.status().name())
                                .toArray(String[]::new))
                .param("amounts", payments.stream().map(Payments::minorUnits).toArray(Long[]::new))
                .param("currencies", payments.stream().map(Payments::currency).toArray(String[]::new))
                .param(
                        "fulfilments",
                        payments.stream().map(Payments::fulfilment).toArray(String[]::new))
                .param("reasons", payments.stream().map(Payment::reason).toArray(String[]::new))
                .update();
    }

    private static @Nullable Long minorUnits(Payment payment) {
        return payment.amount() == null ? null : Long.valueOf(payment.amount().minorUnits());
    }

    private static @Nullable String currency(Payment payment) {
        return payment.amount() == null ? null : payment.amount().currency();
    }

    private static @Nullable String fulfilment(Payment payment) {
        return payment.fulfilment() == null ? null : payment.fulfilment().name();
    }

    private static Payment payment(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        String fulfilment = row.getString("fulfilment");
        return new Payment(
                row.getObject("order_id", UUID.class),
                row.getObject("user_id", UUID.class),
                PaymentStatus.valueOf(row.getString("status")),
                currency == null ? null : new Money(row.getLong("amount_minor"), currency),
                fulfilment == null ? null : Fulfilment.valueOf(fulfilment),
                row.getString("reason"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
