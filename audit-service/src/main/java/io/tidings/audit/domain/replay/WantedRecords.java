package io.tidings.audit.domain.replay;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of the log an order wants, as PostgreSQL is asked for it. What does not matter is not asked for, and texts are asked
 * for by their beginnings as well: so the indexes, which have those, are of use.
 *
 * @param condition on a record
 * @param parameters of the condition, by their names
 */
record WantedRecords(String condition, Map<String, Object> parameters) {

    /** The same as in V4__partitions.sql. */
    private static final int INDEXED_LENGTH = 200;

    static WantedRecords of(ReplayOrder order) {
        StringBuilder condition = new StringBuilder("true");
        Map<String, Object> parameters = new HashMap<>();
        if (!order.topics().isEmpty()) {
            condition.append(" and topic = any (:topics)");
            parameters.put("topics", order.topics().toArray(String[]::new));
        }
        addAnyOf(order.types(), "name", condition, parameters);
        addAnyOf(order.keys(), "key", condition, parameters);
        if (order.correlationId() != null) {
            addAnyOf(List.of(order.correlationId()), "correlation_id", condition, parameters);
        }
        if (order.from() != null) {
            addTime(order.from(), "occurred_at >= :from", "from", condition, parameters);
        }
        if (order.to() != null) {
            addTime(order.to(), "occurred_at < :to", "to", condition, parameters);
        }
        return new WantedRecords(condition.toString(), Map.copyOf(parameters));
    }

    private static void addAnyOf(
            Collection<String> texts, String column, StringBuilder condition, Map<String, Object> parameters) {
        if (texts.isEmpty()) {
            return;
        }
        condition.append(" and left(%1$s, %2$d) = any (:%1$s_beginnings) and %1$s = any (:%1$s)"
                .formatted(column, INDEXED_LENGTH));
        parameters.put(
                column + "_beginnings",
                texts.stream().map(WantedRecords::beginningOf).toArray(String[]::new));
        parameters.put(column, texts.toArray(String[]::new));
    }

    private static String beginningOf(String text) {
        return text.codePointCount(0, text.length()) <= INDEXED_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, INDEXED_LENGTH));
    }

    private static void addTime(
            Instant time, String comparison, String name, StringBuilder condition, Map<String, Object> parameters) {
        condition.append(" and ").append(comparison);
        parameters.put(name, time.atOffset(ZoneOffset.UTC));
    }
}
