package io.tidings.order.orchestration;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Orders that wait for an answer in vain. */
@Repository
class Overdue {

    private final JdbcClient jdbc;

    Overdue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Locks some of those whose deadline has passed, the oldest first. Orders that others are at work on are passed over:
     * either the answer has just come, or another instance has noticed too.
     *
     * @param passed deadlines up to this one have passed
     * @param heldOrders ids of orders whose requests the broker refuses, and which are passed over too
     */
    List<UUID> lock(Instant passed, List<String> heldOrders, int limit) {
        return jdbc.sql("""
                select orders.id from saga join orders on orders.id = saga.order_id
                where saga.deadline <= ? and saga.order_id::text <> all (?::text[])
                order by saga.deadline
                limit ?
                for update of orders skip locked
                """)
                .params(passed.atOffset(ZoneOffset.UTC), heldOrders.toArray(String[]::new), limit)
                .query(UUID.class)
                .list();
    }
}
