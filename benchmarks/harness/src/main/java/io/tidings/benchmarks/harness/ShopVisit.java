package io.tidings.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A shop that runs, a crowd in it, and the books in which every order is accounted for. */
final class ShopVisit implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ShopProcess shop;
    private final ShopClient client;
    private final OrderLedger ledger;
    private final Crowd crowd;
    private long past;

    private ShopVisit(ShopProcess shop, ShopClient client, OrderLedger ledger, Crowd crowd) {
        this.shop = shop;
        this.client = client;
        this.ledger = ledger;
        this.crowd = crowd;
    }

    /** @param customers how many */
    static ShopVisit begin(Path root, Contender contender, int customers) {
        ShopProcess shop = ShopProcess.start(root, root.resolve("benchmarks/harness/target/logs"), contender);
        try {
            shop.makeCheckpointsByTime();
            ShopClient client = new ShopClient(shop);
            OrderLedger ledger = OrderLedger.of(shop.kafka());
            return new ShopVisit(shop, client, ledger, Crowd.gather(client, ledger, customers));
        } catch (RuntimeException failure) {
            shop.close();
            throw failure;
        }
    }

    /** Lets the shop look back on orders of the past. Only once, and while it is idle. */
    void remember(PastOrders orders) {
        orders.insertInto(shop);
        past = orders.number();
    }

    /** Reads at a service's own door, and answers how long it took in milliseconds. */
    double read(RestRead read) {
        return client.read(read);
    }

    ShopProcess shop() {
        return shop;
    }

    ShopClient client() {
        return client;
    }

    OrderLedger ledger() {
        return ledger;
    }

    Crowd crowd() {
        return crowd;
    }

    /**
     * Waits until all orders have ended, every mail about them is sent, and every service has heard all there is to hear;
     * answers how long it took.
     */
    Duration settle() throws InterruptedException {
        long began = System.nanoTime();
        if (!ledger.awaitAll(PATIENCE)) {
            throw new IllegalStateException(
                    "%,d orders have not ended within %s.".formatted(ledger.underWay(), PATIENCE));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", shop.kafka()))) {
            while (unheard(admin) > 0 || mailsToSend() > 0 || unheard(admin) > 0) {
                if (System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new IllegalStateException("%,d messages were not heard, and %,d mails not sent, within %s."
                            .formatted(unheard(admin), mailsToSend(), PATIENCE));
                }
                Thread.sleep(200);
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Kafka does not say how far the services are.", failure);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** How many messages services have still to take, of all topics that they listen to. */
    private static long unheard(Admin admin) throws ExecutionException, InterruptedException {
        long unheard = 0;
        for (String service : ShopProcess.SERVICES) {
            Map<TopicPartition, OffsetAndMetadata> taken = admin.listConsumerGroupOffsets(service)
                    .partitionsToOffsetAndMetadata()
                    .get();
            var ends = admin.listOffsets(taken.keySet().stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get();
            for (var end : ends.entrySet()) {
                OffsetAndMetadata offset = taken.get(end.getKey());
                unheard += end.getValue().offset() - (offset == null ? 0 : offset.offset());
            }
        }
        return unheard;
    }

    /**
     * Looks into the services' databases: every order that was placed has completed once, and was paid, shipped and written about once.
     *
     * @return a sentence for each thing that is not so
     */
    List<String> discrepancies() {
        List<String> found = new ArrayList<>();
        long placed = ledger.placed();
        compare(found, "completed exactly once on the topic", ledger.count(OrderCourse::isCompletedOnce), placed);
        compare(found, "heard of on the topic", ledger.count(OrderCourse::isEnded), placed);
        compareRows(found, "in order-service", rows("order-service", "select count(*) from orders"), placed);
        compareRows(
                found,
                "COMPLETED in order-service",
                rows("order-service", "select count(*) from orders where status = 'COMPLETED'"),
                placed);
        compareRows(found, "in payment-service", rows("payment-service", "select count(*) from payment"), placed);
        compareRows(found, "in shipping-service", rows("shipping-service", "select count(*) from shipment"), placed);
        compareRows(
                found,
                "told of in a mail that was sent",
                rows("email-service", "select count(*) from email where kind = 'ORDER_COMPLETED' and status = 'SENT'"),
                placed);
        return found;
    }

    private long mailsToSend() {
        return rows("email-service", "select count(*) from email where status = 'PENDING'");
    }

    private void compareRows(List<String> found, String where, long there, long placed) {
        compare(found, where, there - past, placed);
    }

    private static void compare(List<String> found, String where, long there, long placed) {
        if (there != placed) {
            found.add("%,d orders were placed, and %,d are %s".formatted(placed, there, where));
        }
    }

    private long rows(String service, String count) {
        return Long.parseLong(Arena.query(shop.database(service), count));
    }

    @Override
    public void close() {
        ledger.close();
        client.close();
        shop.close();
    }
}
