package io.tidings.warehouse.handler;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.warehouse.Clerk;
import io.tidings.warehouse.Clerk.Answer;
import io.tidings.warehouse.Clerk.Pieces;
import io.tidings.warehouse.OtherServices;
import io.tidings.warehouse.RunningService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Whatever happens to whichever orders, nothing is lost and nothing is counted twice. */
@RunningService
class StockInvariantTest {

    private static final Money PRICE = new Money(1_999, "USD");
    private static final int ORDERS = 400;
    private static final int DELIVERED_AT_FIRST = 150;
    private static final int DELIVERED_MEANWHILE = 40;

    @Autowired
    Clerk clerk;

    @Autowired
    OtherServices others;

    private final Random chance = new Random(7);
    private final UUID user = TimeOrderedId.next();

    @Test
    void all_that_was_received_is_on_hand_reserved_or_shipped() {
        List<String> skus = Stream.generate(() -> clerk.stocked(DELIVERED_AT_FIRST))
                .limit(4)
                .toList();
        List<UUID> orders = Stream.generate(TimeOrderedId::next).limit(ORDERS).toList();
        List<Event> news = new ArrayList<>();
        orders.forEach(order -> news.addAll(lifeOf(order, skus)));

        CompletableFuture<Void> deliveries = CompletableFuture.runAsync(() -> {
            for (int piece = 0; piece < DELIVERED_MEANWHILE; piece++) {
                skus.forEach(sku -> clerk.receive(sku, 1));
            }
        });
        others.tellTwice(interleaved(news).toArray(Event[]::new));
        deliveries.join();

        assertThat(others.deadLetters()).isEmpty();
        Map<String, Long> reserved = new HashMap<>();
        Map<String, Long> shipped = new HashMap<>();
        Map<String, Integer> statuses = new HashMap<>();
        Map<UUID, List<Event>> told = others.hearOfAllOrders();
        for (UUID order : orders) {
            Answer reservation = clerk.get("/reservations/{order}", order);
            String status = reservation.body().path("status").asString();
            statuses.merge(status, 1, Integer::sum);
            assertToldOnce(order, status, told.getOrDefault(order, List.of()));
            for (JsonNode line : reservation.body().path("lines")) {
                String sku = line.path("sku").asString();
                reserved.merge(
                        sku, status.equals("RESERVED") ? line.path("quantity").asLong() : 0, Long::sum);
                shipped.merge(
                        sku, status.equals("SHIPPED") ? line.path("quantity").asLong() : 0, Long::sum);
            }
        }
        assertThat(statuses).containsOnlyKeys("RESERVED", "REJECTED", "RELEASED", "SHIPPED", "DECLINED");
        for (String sku : skus) {
            int received = DELIVERED_AT_FIRST + DELIVERED_MEANWHILE;
            assertThat(clerk.stockOf(sku))
                    .isEqualTo(new Pieces(
                            received - reserved.get(sku) - shipped.get(sku),
                            reserved.get(sku),
                            shipped.get(sku),
                            received));
            assertThat(clerk.stockOf(sku).onHand()).isNotNegative();
        }
    }

    /** What is told of one order, in the order in which it would be: sometimes a cancellation comes first. */
    private List<Event> lifeOf(UUID order, List<String> skus) {
        Event placed = new OrderPlaced(order, user, someOf(skus), PRICE, CHOREOGRAPHY);
        Event canceled = new OrderCanceled(order, user, "You canceled it.");
        Event unpaid = new PaymentFailed(order, user, PRICE, "Your account is empty.", CHOREOGRAPHY);
        return switch (chance.nextInt(8)) {
            case 0 -> List.of(placed);
            case 1 -> List.of(canceled, placed);
            case 2 -> List.of(placed, canceled);
            case 3 -> List.of(placed, unpaid);
            case 4 -> List.of(placed, unpaid, canceled);
            case 5 -> List.of(placed, placed, canceled, canceled);
            default -> List.of(placed, new OrderCompleted(order, user));
        };
    }

    private List<OrderLine> someOf(List<String> skus) {
        List<String> chosen = new ArrayList<>(skus);
        Collections.shuffle(chosen, chance);
        return chosen.stream()
                .limit(1 + chance.nextInt(skus.size()))
                .map(sku -> new OrderLine(sku, 1 + chance.nextInt(3), PRICE))
                .toList();
    }

    /** The lives of all orders at once, each in its own order. */
    private List<Event> interleaved(List<Event> lives) {
        Map<String, List<Event>> byOrder = new HashMap<>();
        lives.forEach(event ->
                byOrder.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(event));
        List<List<Event>> waiting = new ArrayList<>(byOrder.values());
        List<Event> interleaved = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<Event> life = waiting.get(chance.nextInt(waiting.size()));
            interleaved.add(life.removeFirst());
            waiting.removeIf(List::isEmpty);
        }
        return interleaved;
    }

    private static void assertToldOnce(UUID order, String status, List<Event> told) {
        List<Class<?>> expected =
                switch (status) {
                    case "RESERVED", "SHIPPED" -> List.of(InventoryReserved.class);
                    case "REJECTED" -> List.of(InventoryRejected.class);
                    case "RELEASED" -> List.of(InventoryReserved.class, InventoryReleased.class);
                    case "DECLINED" -> List.of();
                    default -> throw new AssertionError("Order %s is %s.".formatted(order, status));
                };
        assertThat(told)
                .as("%s: %s", order, status)
                .extracting(event -> (Object) event.getClass())
                .isEqualTo(expected);
    }
}
