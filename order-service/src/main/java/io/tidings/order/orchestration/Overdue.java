package io.tidings.order.orchestration;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
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

    /** Some of those whose deadline has passed, the oldest first. */
    List<UUID> find(Instant now, int limit) {
        return jdbc.sql("select order_id from saga where deadline <= ? order by deadline limit ?")
                .params(now.atOffset(ZoneOffset.UTC), limit)
                .query(UUID.class)
                .list();
    }

    /** Gives them time until then, unless they have been given it already. */
    void postpone(Collection<UUID> orderIds, Instant now, Instant deadline) {
        jdbc.sql("update saga set deadline = ? where order_id = any (?) and deadline <= ?")
                .params(deadline.atOffset(ZoneOffset.UTC), array(orderIds), now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Locks them. Orders that others are at work on are passed over: either the answer has just come, or another instance
     * has noticed too.
     */
    List<UUID> lock(Collection<UUID> orderIds) {
        return jdbc.sql("select id from orders where id = any (?) order by id for update skip locked")
                .param(array(orderIds))
                .query(UUID.class)
                .list();
    }

    private static UUID[] array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
