package io.tidings.benchmarks.harness;

import io.tidings.infrastructure.DatabaseAccess;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A service whose projection can be made again.
 *
 * @param tables of the projection, without those that have the time at which a row was made
 */
record RebuildTarget(Contender contender, List<String> tables) {

    RebuildTarget {
        tables = List.copyOf(tables);
    }

    static List<RebuildTarget> all() {
        return List.of(
                target(
                        "search-service",
                        List.of("user_copy", "product_copy"),
                        "Copies of users and products, with their words. Of the users in a batch the last of each, by one statement; a statement for each event of a product."),
                target(
                        "recommendation-service",
                        List.of("product_copy", "shopper", "order_copy", "purchase", "item_count", "co_purchase"),
                        "Copies, and counts of what was bought, and bought together."),
                target(
                        "analytics-service",
                        List.of("count_bucket", "duration_bucket", "open_order", "counted_answer"),
                        "Figures of all that happens, by the minute."));
    }

    private static RebuildTarget target(String service, List<String> tables, String remark) {
        return new RebuildTarget(
                new Contender(
                        service,
                        service,
                        "shop",
                        "io.tidings.allinone.TidingsApplication",
                        List.of("spring-boot", "spring-kafka", "kafka-clients", "postgresql"),
                        Map.of(),
                        remark),
                tables);
    }

    String service() {
        return contender.id();
    }

    /** What is in its tables, by the table: how many rows, and a digest of them in any order. */
    Map<String, String> contents(DatabaseAccess database) {
        Map<String, String> contents = new TreeMap<>();
        for (String table : tables) {
            contents.put(
                    table,
                    Arena.query(
                            database,
                            "select count(*) || ' rows, ' || coalesce(md5(string_agg(told::text, ';' order by told::text)), 'none') from %s as told"
                                    .formatted(table)));
        }
        return contents;
    }

    /** How many events it has handled: those that concern it. A rebuild begins to count them anew. */
    long handled(DatabaseAccess database) {
        return Long.parseLong(Arena.query(database, "select count(*) from inbox"));
    }
}
