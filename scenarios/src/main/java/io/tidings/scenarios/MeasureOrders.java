package io.tidings.scenarios;

import io.tidings.scenarios.doors.Door;
import io.tidings.scenarios.doors.Patience;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Places orders one after another in a system that has nothing else to do, and tells how long each took from the answer
 * to {@code POST /orders} until {@code GET /orders/{id}} says {@code COMPLETED}: every hop is on real Kafka and PostgreSQL.
 * Arguments: how many orders (default 300), and the gateway (default {@code http://localhost:8080}).
 */
public final class MeasureOrders {

    private static final int WARM_UP = 200;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private MeasureOrders() {}

    public static void main(String... arguments) {
        int orders = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        URI gateway = URI.create(arguments.length > 1 ? arguments[1] : "http://localhost:8080");
        try (Door door = Door.gateway(gateway)) {
            Stage stage = new Stage(door, door, Patience.usual(), step -> {});
            Shop shop = new Shop(stage);
            Shop.Product product = shop.list("Penny", Shop.dollars(1));
            shop.receive(product, orders + WARM_UP);
            Shop.Customer customer = shop.signUp("Ada", "Lovelace");
            shop.deposit(customer, Shop.dollars(orders + WARM_UP));
            IntStream.range(0, WARM_UP).forEach(warmUp -> measure(door, shop, customer, product));
            List<Duration> durations = IntStream.range(0, orders)
                    .mapToObj(order -> measure(door, shop, customer, product))
                    .sorted()
                    .toList();
            System.out.printf(
                    "%d orders, from the answer to POST /orders until GET says COMPLETED: p50 %.1f ms, p90 %.1f ms,"
                            + " p99 %.1f ms, longest %.1f ms%n",
                    orders,
                    milliseconds(durations, 0.50),
                    milliseconds(durations, 0.90),
                    milliseconds(durations, 0.99),
                    milliseconds(durations, 1));
        }
    }

    private static Duration measure(Door door, Shop shop, Shop.Customer customer, Shop.Product product) {
        Shop.PlacedOrder order = shop.place(customer, product, 1);
        long answered = System.nanoTime();
        while (!"COMPLETED".equals(Shop.statusOf(Stage.required(door.get(order.path()))))) {
            if (System.nanoTime() - answered > PATIENCE.toNanos()) {
                throw new ScenarioException("%s was not completed within %s.".formatted(order.path(), PATIENCE));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos()); // asking without a pause would take a core of its own
        }
        return Duration.ofNanos(System.nanoTime() - answered);
    }

    private static double milliseconds(List<Duration> sorted, double quantile) {
        int index = (int) Math.ceil(quantile * sorted.size()) - 1;
        return sorted.get(index).toNanos() / 1_000_000.0;
    }
}
