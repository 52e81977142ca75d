package io.tidings.systemtests.faults;

import io.tidings.scenarios.doors.Answer;
import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.DoorException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Customers of the shop, who order in both styles, one by one or together, cancel, edit their profiles and deposit. What can
 * be asked again at no risk they ask until they get an answer, and some ask once more after it; and staff who change prices.
 */
final class Traffic implements AutoCloseable {

    private static final int CUSTOMERS = 12;
    private static final int PRODUCTS = 6;
    private static final int STOCK = 1_000_000;
    private static final int WORKERS = 3;
    /** One order of so many is asked for again when it was answered, and each deposit: a button is pressed twice. */
    private static final int ORDERS_TO_ONE_PRESSED_TWICE = 10;

    private static final int ORDERS_TOGETHER = 5;

    private static final Duration BREATH = Duration.ofMillis(15);

    private final Door gateway;
    private final List<UUID> customers = new CopyOnWriteArrayList<>();
    private final List<String> products = new CopyOnWriteArrayList<>();
    private final List<UUID> orders = new CopyOnWriteArrayList<>();
    private final Receipts receipts = new Receipts();
    private final Map<String, AtomicLong> requests = new ConcurrentHashMap<>();
    private final List<Thread> workers = new CopyOnWriteArrayList<>();
    private volatile boolean open;

    Traffic(URI gateway) {
        this.gateway = Door.gateway(gateway);
    }

    /** A shop with products and customers who have money, known to all who must know them. */
    void prepare() {
        for (int number = 0; number < PRODUCTS; number++) {
            String sku = "fault-" + number;
            list(sku);
            until(() -> gateway.post("/products/%s/stock".formatted(sku), Map.of("quantity", STOCK), Map.of()));
            products.add(sku);
        }
        for (int number = 0; number < CUSTOMERS; number++) {
            Map<String, Object> person = Map.of(
                    "email",
                    "fault-%s@example.org".formatted(UUID.randomUUID()),
                    "givenName",
                    "Nora",
                    "familyName",
                    "Customer" + number);
            UUID customer =
                    until(() -> gateway.post("/users", person, Map.of())).as("userId", UUID.class);
            deposit(customer, 1_000_000);
            customers.add(customer);
        }
        order(new Random(7));
    }

    void list(String sku) {
        until(() -> gateway.post(
                "/products",
                Map.of("sku", sku, "name", "Thing " + sku, "category", "things", "price", dollars(10)),
                Map.of()));
    }

    void start(long seed) {
        open = true;
        for (int number = 0; number < WORKERS; number++) {
            Random random = new Random(seed * 31 + number);
            workers.add(Thread.ofVirtual().name("customers-" + number).start(() -> work(random)));
        }
    }

    private void work(Random random) {
        while (open) {
            try {
                int chance = random.nextInt(100);
                if (chance < 60) {
                    order(random);
                } else if (chance < 70) {
                    orderTogether(random);
                } else if (chance < 84) {
                    cancel(random);
                } else if (chance < 92) {
                    editProfile(random);
                } else if (chance < 96) {
                    deposit(random);
                } else {
                    changePrice(products.get(random.nextInt(PRODUCTS)), 5 + random.nextInt(20));
                }
                Thread.sleep(BREATH); // the pace of a person; nothing is waited for
            } catch (InterruptedException | CancellationException stopped) {
                return;
            }
        }
    }

    private Map<String, Object> anyOrder(UUID customer, Random random) {
        return Map.of(
                "userId",
                customer,
                "fulfilment",
                random.nextBoolean() ? "CHOREOGRAPHY" : "ORCHESTRATION",
                "lines",
                List.of(Map.of("sku", products.get(random.nextInt(PRODUCTS)), "quantity", 1 + random.nextInt(3))));
    }

    /** At the same time and without a key, so that they share a transaction, and nobody may ask again. */
    private void orderTogether(Random random) throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int number = 0; number < ORDERS_TOGETHER; number++) {
            UUID customer = customers.get(random.nextInt(CUSTOMERS));
            Map<String, Object> order = anyOrder(customer, random);
            callers.add(Thread.startVirtualThread(() ->
                    receipts.ofOrder(customer, () -> once(() -> gateway.post("/orders", order, Map.of())))));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private void order(Random random) {
        UUID customer = customers.get(random.nextInt(CUSTOMERS));
        Map<String, Object> order = anyOrder(customer, random);
        Map<String, String> key = anyKey();
        Supplier<Answer> asked = () -> until(() -> gateway.post("/orders", order, key));
        receipts.ofOrder(customer, random.nextInt(ORDERS_TO_ONE_PRESSED_TWICE) == 0 ? () -> twice(asked) : asked)
                .ifPresent(orders::add);
    }

    private void cancel(Random random) {
        if (!orders.isEmpty()) {
            UUID order = orders.get(Math.max(0, orders.size() - 1 - random.nextInt(5)));
            until(() -> gateway.post("/orders/%s/cancel".formatted(order), null, Map.of()));
        }
    }

    private void editProfile(Random random) {
        UUID customer = customers.get(random.nextInt(CUSTOMERS));
        Map<String, Object> profile = Map.of(
                "givenName",
                "Nora",
                "familyName",
                "Edited" + random.nextInt(1_000_000),
                "interests",
                List.of("things"));
        until(() -> gateway.put("/users/%s/profile".formatted(customer), profile));
    }

    private void deposit(Random random) {
        deposit(customers.get(random.nextInt(CUSTOMERS)), 1 + random.nextInt(50));
    }

    private void deposit(UUID customer, int amount) {
        Map<String, Object> money = Map.of("amount", dollars(amount));
        Map<String, String> key = anyKey();
        receipts.ofDeposit(
                customer,
                amount * 100L,
                () -> twice(() -> until(() -> gateway.post("/accounts/%s/deposits".formatted(customer), money, key))));
    }

    /** The first answer; whoever heeds the key does nothing the second time. */
    private static Answer twice(Supplier<Answer> asked) {
        Answer first = asked.get();
        asked.get();
        return first;
    }

    private static Map<String, String> anyKey() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }

    void changePrice(String sku, int price) {
        until(() -> gateway.put("/products/%s/price".formatted(sku), dollars(price)));
    }

    /** Has user-service tell something that no service would tell. */
    void forge(Map<String, Object> message) {
        until(() -> gateway.post(
                "/services/user-service/test-door/messages", Map.of("messages", List.of(message)), Map.of()));
    }

    List<String> products() {
        return products;
    }

    List<UUID> orders() {
        return orders;
    }

    Receipts receipts() {
        return receipts;
    }

    private static Map<String, Object> dollars(int amount) {
        return Map.of("minorUnits", amount * 100L, "currency", "USD");
    }

    /** Asks until somebody has decided: 2xx, or a no that is for good. */
    private Answer until(Supplier<Answer> call) {
        while (true) {
            Answer answer = once(call);
            boolean decided = answer != null
                    && answer.status() < 500
                    && !(answer.status() == 404 || answer.status() == 422 || answer.status() == 429);
            if (decided) {
                return answer;
            }
            count("asked again");
            try {
                Thread.sleep(100); // a person who asks again
            } catch (InterruptedException stopped) {
                open = false;
                throw new CancellationException("Nobody waits for the answer any more.");
            }
        }
    }

    /** Null if there is no answer at all. */
    private Answer once(Supplier<Answer> call) {
        try {
            Answer answer = call.get();
            count(answer.method() + " " + answer.status());
            return answer;
        } catch (DoorException noAnswer) {
            count("no answer");
            return null;
        }
    }

    private void count(String what) {
        requests.computeIfAbsent(what, name -> new AtomicLong()).incrementAndGet();
    }

    Map<String, Long> requests() {
        Map<String, Long> counts = new TreeMap<>();
        requests.forEach((what, count) -> counts.put(what, count.get()));
        return counts;
    }

    /** Lets everyone finish what they have begun. */
    void stop() throws InterruptedException {
        open = false;
        for (Thread worker : workers) {
            worker.join(Duration.ofMinutes(2));
        }
    }

    @Override
    public void close() {
        open = false;
        workers.forEach(Thread::interrupt);
        gateway.close();
    }
}
