package io.tidings.systemtests.faults;

import io.tidings.systemtests.cluster.Cluster;
import io.tidings.systemtests.cluster.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the databases say in the end: of what the services did, and of what they ought to have done. */
final class Ledger {

    /** What analytics-service counts, by the event that it counts. */
    private static final Map<String, String> COUNTED = Map.of(
            "OrderPlaced", "orders placed",
            "OrderCompleted", "orders completed",
            "OrderRejected", "orders rejected",
            "OrderCanceled", "orders canceled",
            "PaymentProcessed", "payments processed",
            "PaymentRefunded", "payments refunded",
            "ShipmentCreated", "shipments created");

    /**
     * Told by workers that change no common row, so that nobody promises their order; so are copies of dead letters, whose
     * consumers have nothing in common but the key.
     */
    private static final String ORDER_PROMISED = "type not like '%.EmailSent.v_' and topic not like '%.dlt'";

    private final DatabaseServer database;
    private final Set<UUID> forged;
    private final Receipts receipts;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param forged messages that are no events, and that were discarded
     * @param receipts what customers were told
     */
    Ledger(DatabaseServer database, Set<UUID> forged, Receipts receipts) {
        this.database = database;
        this.forged = forged;
        this.receipts = receipts;
    }

    /** How much is still under way: messages to send, orders to end, mails to write. */
    static long underWay(DatabaseServer database) throws SQLException {
        long sum = 0;
        for (String service : Cluster.SERVICES) {
            sum += number(database, service, "select count(*) from outbox");
            sum += number(database, service, "select count(*) from dead_letter where state <> 'DISCARDED'");
            sum += number(database, service, "select count(*) from parked_key");
        }
        sum += number(
                database,
                "order-service",
                "select count(*) from orders where status not in ('COMPLETED', 'REJECTED', 'CANCELED')");
        return sum + number(database, "email-service", "select count(*) from email where status = 'PENDING'");
    }

    /** Changes as long as anybody takes messages. */
    static long taken(DatabaseServer database) throws SQLException {
        long sum = 0;
        for (String service : Cluster.SERVICES) {
            sum += number(database, service, "select count(*) from witness_taken");
        }
        return sum;
    }

    List<Finding> findings() throws SQLException {
        checkMessages();
        checkReceipts();
        checkOrders();
        checkStock();
        checkMoney();
        checkStatistics();
        checkCopies();
        checkMails();
        return findings;
    }

    Map<String, Long> orders() throws SQLException {
        Map<String, Long> orders = new TreeMap<>();
        rows(
                "order-service",
                "select status, fulfilment, count(*) from orders group by 1, 2",
                row -> orders.put(row.getString(1) + " " + row.getString(2), row.getLong(3)));
        return orders;
    }

    Map<String, Long> messages() throws SQLException {
        long published = 0;
        for (String service : Cluster.SERVICES) {
            published += number(database, service, "select count(*) from witness_published");
        }
        Map<String, Long> messages = new LinkedHashMap<>();
        messages.put("published", published);
        messages.put("taken", taken(database));
        messages.put("on record", number(database, "audit-service", "select count(*) from audit_event"));
        return messages;
    }

    private record Published(String service, long position, String topic, String key, UUID id, boolean inOrder) {}

    /** Every published message is on record, each service took it once at most, and those of a key in their order. */
    private void checkMessages() throws SQLException {
        Map<UUID, Published> published = new HashMap<>();
        for (String service : Cluster.SERVICES) {
            rows(
                    service,
                    "select position, event_id, topic, key, %s from witness_published".formatted(ORDER_PROMISED),
                    row -> {
                        UUID id = row.getObject(2, UUID.class);
                        published.put(
                                id,
                                new Published(
                                        service,
                                        row.getLong(1),
                                        row.getString(3),
                                        row.getString(4),
                                        id,
                                        row.getBoolean(5)));
                    });
        }
        Set<UUID> recorded = new HashSet<>();
        Order audit = new Order(published);
        rows("audit-service", "select event_id from audit_event order by chain, position", row -> {
            UUID id = row.getObject(1, UUID.class);
            recorded.add(id);
            audit.next(id);
        });
        long unrecorded = published.values().stream()
                .filter(message -> !message.topic().equals("audit-service.dlt"))
                .filter(message -> !recorded.contains(message.id()))
                .count();
        found(Finding.Damage.LOST, unrecorded, "messages were published and are not on record");
        found(
                Finding.Damage.OUT_OF_ORDER,
                audit.inversions,
                "messages are on record before an earlier one of their key");
        for (String service : Cluster.SERVICES) {
            found(Finding.Damage.TWICE, number(database, service, """
                            select coalesce(sum(times - 1), 0) from
                                (select count(*) as times from witness_taken group by event_id having count(*) > 1) twice
                            """), "messages were taken again by " + service);
            Order order = new Order(published);
            rows(
                    service,
                    "select event_id from witness_taken order by position",
                    row -> order.next(row.getObject(1, UUID.class)));
            found(
                    Finding.Damage.OUT_OF_ORDER,
                    order.inversions,
                    "messages were taken by %s before an earlier one of their key".formatted(service));
        }
    }

    /** Counts how often a message comes after a later one of its publisher, topic and key. */
    private static final class Order {

        private final Map<UUID, Published> published;
        private final Map<String, Long> last = new HashMap<>();
        private final Set<UUID> seen = new HashSet<>();
        private long inversions;

        private Order(Map<UUID, Published> published) {
            this.published = published;
        }

        void next(UUID id) {
            Published message = published.get(id);
            if (message == null || !message.inOrder() || !seen.add(id)) {
                return;
            }
            String lane = message.service() + " " + message.topic() + " " + message.key();
            Long before = last.get(lane);
            if (before != null && before > message.position()) {
                inversions++;
            } else {
                last.put(lane, message.position());
            }
        }
    }

    /** What customers were told is done, and what they asked for again under one key is done once. */
    private void checkReceipts() throws SQLException {
        found(
                Finding.Damage.LOST,
                without(receipts.ordersTaken(), ids("order-service", "select id from orders")),
                "orders were taken, by the answer, and are not there");
        Map<String, Long> placed = amounts("order-service", "select user_id, count(*) from orders group by user_id");
        Map<String, Long> deposited = amounts("payment-service", """
                select stream_id, sum((payload -> 'amount' ->> 'minorUnits')::bigint)
                from wallet_event where type = 'MoneyDeposited' group by stream_id
                """);
        long placedAgain = 0;
        long depositsLost = 0;
        long depositedAgain = 0;
        for (UUID customer : receipts.customers()) {
            long orders = placed.getOrDefault(customer.toString(), 0L);
            long money = deposited.getOrDefault(customer.toString(), 0L);
            placedAgain += Math.max(0, orders - receipts.ordersWantedBy(customer));
            depositsLost += Math.max(0, receipts.depositsTakenFrom(customer) - money);
            depositedAgain += Math.max(0, money - receipts.depositsWantedBy(customer));
        }
        found(Finding.Damage.TWICE, placedAgain, "orders were placed again under the key of another");
        found(Finding.Damage.LOST, depositsLost, "cents were deposited, by the answer, and are not there");
        found(Finding.Damage.TWICE, depositedAgain, "cents were deposited again under the key of others");
    }

    private void checkOrders() throws SQLException {
        found(
                Finding.Damage.LOST,
                number(
                        database,
                        "order-service",
                        "select count(*) from orders where status not in ('COMPLETED', 'REJECTED', 'CANCELED')"),
                "orders have not ended");
        Set<UUID> completed = ids("order-service", "select id from orders where status = 'COMPLETED'");
        Set<UUID> shipped = ids("shipping-service", "select order_id from shipment where status = 'CREATED'");
        found(Finding.Damage.LOST, without(completed, shipped), "completed orders have no shipment");
        found(Finding.Damage.TWICE, without(shipped, completed), "shipments belong to no completed order");
    }

    private void checkStock() throws SQLException {
        Map<String, Long> sold = amounts("order-service", """
                select sku, sum(quantity) from orders, jsonb_to_recordset(lines) as line (sku text, quantity bigint)
                where status = 'COMPLETED' group by sku
                """);
        Map<String, Long> shipped = amounts("warehouse-service", "select sku, shipped from stock where shipped > 0");
        differences(sold, shipped, "pieces were sold", "pieces were shipped that nobody bought");
        found(
                Finding.Damage.LOST,
                number(database, "warehouse-service", "select coalesce(sum(reserved), 0) from stock"),
                "pieces are still reserved");
        found(
                Finding.Damage.TWICE,
                number(
                        database,
                        "warehouse-service",
                        "select coalesce(sum(abs(on_hand + reserved + shipped - received)), 0) from stock"),
                "pieces came from nowhere");
    }

    private void checkMoney() throws SQLException {
        Map<String, Long> due =
                amounts("order-service", "select id, total_minor from orders where status = 'COMPLETED'");
        Map<String, Long> paid = amounts("payment-service", """
                select payload ->> 'orderId', sum((payload -> 'amount' ->> 'minorUnits')::bigint
                                                  * case type when 'MoneyWithdrawn' then 1 else -1 end) as net
                from wallet_event where payload ->> 'orderId' is not null group by 1
                having sum((payload -> 'amount' ->> 'minorUnits')::bigint
                           * case type when 'MoneyWithdrawn' then 1 else -1 end) <> 0
                """);
        differences(due, paid, "cents of completed orders were not paid", "cents were taken that nobody owed");
    }

    private void checkStatistics() throws SQLException {
        Map<String, Set<String>> ordersTold = new HashMap<>();
        for (String service : Cluster.SERVICES) {
            rows(service, "select event_id, type, key from witness_published where topic not like '%.dlt'", row -> {
                if (!forged.contains(row.getObject(1, UUID.class))) {
                    String name = row.getString(2).replaceAll("^.*\\.([^.]+)\\.v\\d+$", "$1");
                    if (COUNTED.containsKey(name)) {
                        // Of each order once: an orchestrator that asks again is told again.
                        ordersTold
                                .computeIfAbsent(COUNTED.get(name), first -> new HashSet<>())
                                .add(row.getString(3));
                    }
                }
            });
        }
        // A refund of nothing is no refund: it answers who undoes a payment of which nothing was taken.
        ordersTold
                .getOrDefault(COUNTED.get("PaymentRefunded"), new HashSet<>())
                .retainAll(ordersOfWhichMoneyCameBack());
        Map<String, Long> told = new HashMap<>();
        ordersTold.forEach((name, orders) -> told.put(name, (long) orders.size()));
        Map<String, Long> counted = new HashMap<>();
        rows(
                "analytics-service",
                "select metric, sum(amount) from count_bucket where width = 'DAY' group by 1",
                row -> {
                    String metric =
                            row.getString(1).replaceAll("[^A-Za-z]", " ").replaceAll("([a-z])([A-Z])", "$1 $2");
                    String spoken = metric.toLowerCase();
                    if (COUNTED.containsValue(spoken)) {
                        counted.put(spoken, row.getLong(2));
                    }
                });
        differences(told, counted, "events were not counted", "events were counted twice");
    }

    private Set<String> ordersOfWhichMoneyCameBack() throws SQLException {
        return ids("payment-service", """
                        select distinct (payload ->> 'orderId')::uuid from wallet_event
                        where payload ->> 'orderId' is not null and type = 'MoneyRefunded'
                        """).stream().map(UUID::toString).collect(Collectors.toSet());
    }

    /** Copies rest on the order of the bus, and have no revision that would mend it. */
    private void checkCopies() throws SQLException {
        Map<String, Long> prices = amounts("warehouse-service", "select sku, price_minor from product");
        for (String service : List.of("order-service", "search-service")) {
            Map<String, Long> copies = amounts(service, "select sku, price_minor from product_copy");
            found(
                    Finding.Damage.OUT_OF_ORDER,
                    prices.entrySet().stream()
                            .filter(price -> !price.getValue().equals(copies.get(price.getKey())))
                            .count(),
                    "prices in %s are not the last that were told".formatted(service));
        }
    }

    /** Of each order one mail was sent, and it says how the order ended. */
    private void checkMails() throws SQLException {
        Map<UUID, String> due = texts("order-service", """
                select id, 'ORDER_' || status from orders where status in ('COMPLETED', 'REJECTED', 'CANCELED')
                """);
        Map<UUID, Set<String>> sent = new HashMap<>();
        rows(
                "email-service",
                "select regarding, kind from email where kind like 'ORDER%' and status = 'SENT'",
                row -> sent.computeIfAbsent(row.getObject(1, UUID.class), first -> new HashSet<>())
                        .add(row.getString(2)));
        found(
                Finding.Damage.LOST,
                due.entrySet().stream()
                        .filter(order ->
                                !sent.getOrDefault(order.getKey(), Set.of()).contains(order.getValue()))
                        .count(),
                "orders ended and nobody was written to about it");
        found(
                Finding.Damage.TWICE,
                sent.entrySet().stream()
                        .mapToLong(mails -> mails.getValue().stream()
                                .filter(kind -> !kind.equals(due.get(mails.getKey())))
                                .count())
                        .sum(),
                "mails tell of an end that their order did not have");
    }

    private void differences(Map<String, Long> due, Map<String, Long> done, String missing, String tooMany) {
        Set<String> all = new HashSet<>(due.keySet());
        all.addAll(done.keySet());
        long lost = 0;
        long twice = 0;
        for (String one : all) {
            long difference = done.getOrDefault(one, 0L) - due.getOrDefault(one, 0L);
            lost += Math.max(0, -difference);
            twice += Math.max(0, difference);
        }
        found(Finding.Damage.LOST, lost, missing);
        found(Finding.Damage.TWICE, twice, tooMany);
    }

    private void found(Finding.Damage damage, long count, String what) {
        if (count > 0) {
            findings.add(new Finding(damage, count, what));
        }
    }

    private static long without(Set<UUID> some, Set<UUID> others) {
        return some.stream().filter(one -> !others.contains(one)).count();
    }

    private Set<UUID> ids(String service, String query) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        rows(service, query, row -> ids.add(row.getObject(1, UUID.class)));
        return ids;
    }

    private Map<UUID, String> texts(String service, String query) throws SQLException {
        Map<UUID, String> texts = new HashMap<>();
        rows(service, query, row -> texts.put(row.getObject(1, UUID.class), row.getString(2)));
        return texts;
    }

    private Map<String, Long> amounts(String service, String query) throws SQLException {
        Map<String, Long> amounts = new HashMap<>();
        rows(service, query, row -> amounts.put(row.getString(1), row.getLong(2)));
        return amounts;
    }

    private static long number(DatabaseServer database, String service, String query) throws SQLException {
        try (Connection connection = database.connect(service);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void rows(String service, String query, RowReader reader) throws SQLException {
        try (Connection connection = database.connect(service);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
