package io.tidings.warehouse.handler;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.Topics;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.inventory.MissingStock;
import io.tidings.events.inventory.ReleaseInventory;
import io.tidings.events.inventory.ReserveInventory;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.warehouse.Clerk;
import io.tidings.warehouse.Clerk.Answer;
import io.tidings.warehouse.Clerk.Pieces;
import io.tidings.warehouse.OtherServices;
import io.tidings.warehouse.RunningService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class ReservationFlowTest {

    private static final Money PRICE = new Money(1_999, "USD");

    @Autowired
    Clerk clerk;

    @Autowired
    OtherServices others;

    private final UUID user = TimeOrderedId.next();
    private final UUID order = TimeOrderedId.next();

    @Test
    void what_an_order_needs_is_set_aside() {
        String book = clerk.stocked(5);
        String lamp = clerk.stocked(2);

        others.tell(placed(order, line(book, 3), line(lamp, 2)));

        assertThat(others.hearOf(order)).containsExactly(new InventoryReserved(order, user, totalOf(5), CHOREOGRAPHY));
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(2, 3, 0, 5));
        assertThat(clerk.stockOf(lamp)).isEqualTo(new Pieces(0, 2, 0, 2));
        Answer reservation = clerk.get("/reservations/{order}", order);
        assertThat(reservation.body().path("orderId").asString()).isEqualTo(order.toString());
        assertThat(reservation.body().path("status").asString()).isEqualTo("RESERVED");
        assertThat(linesOf(reservation)).isEqualTo(Map.of(book, 3, lamp, 2));
    }

    /** What a publisher tells that was deployed before version 2. */
    @EventType(name = "OrderPlaced", version = 1, topic = Topics.ORDERS)
    record OldOrderPlaced(UUID orderId, UUID userId, List<OrderLine> lines, long totalMinor) implements Event {

        @Override
        public String key() {
            return orderId.toString();
        }
    }

    @Test
    void an_order_of_an_older_version_is_served_like_any_other() {
        String book = clerk.stocked(5);

        others.tell(new OldOrderPlaced(
                order, user, List.of(line(book, 3)), totalOf(3).minorUnits()));

        assertThat(others.hearOf(order)).containsExactly(new InventoryReserved(order, user, totalOf(3), CHOREOGRAPHY));
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(2, 3, 0, 5));
    }

    @Test
    void nothing_is_set_aside_when_something_is_missing_and_others_hear_what() {
        String book = clerk.stocked(5);
        String lamp = clerk.stocked(2);
        String unlisted = "unlisted-" + UUID.randomUUID();

        others.tell(placed(order, line(book, 5), line(lamp, 3), line(unlisted, 1)));

        assertThat(others.hearOf(order))
                .containsExactly(new InventoryRejected(
                        order,
                        user,
                        List.of(new MissingStock(lamp, 3, 2), new MissingStock(unlisted, 1, 0)),
                        CHOREOGRAPHY));
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
        assertThat(clerk.stockOf(lamp)).isEqualTo(new Pieces(2, 0, 0, 2));
        assertThat(clerk.reservationOf(order)).isEqualTo("REJECTED");
    }

    @Test
    void lines_of_one_product_are_added_up() {
        String book = clerk.stocked(5);

        others.tell(placed(order, line(book, 3), line(book, 3)));

        assertThat(others.hearOf(order))
                .containsExactly(
                        new InventoryRejected(order, user, List.of(new MissingStock(book, 6, 5)), CHOREOGRAPHY));
    }

    @Test
    void of_two_orders_for_the_last_piece_one_gets_it() {
        for (int round = 0; round < 5; round++) {
            String book = clerk.stocked(1);
            UUID one = TimeOrderedId.next();
            UUID other = TimeOrderedId.next();

            others.tell(placed(one, line(book, 1)), placed(other, line(book, 1)));

            assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(0, 1, 0, 1));
            assertThat(List.of(clerk.reservationOf(one), clerk.reservationOf(other)))
                    .containsExactlyInAnyOrder("RESERVED", "REJECTED");
            UUID rejected = clerk.reservationOf(one).equals("REJECTED") ? one : other;
            assertThat(others.hearOf(rejected))
                    .containsExactly(
                            new InventoryRejected(rejected, user, List.of(new MissingStock(book, 1, 0)), CHOREOGRAPHY));
        }
    }

    @Test
    void what_is_not_paid_is_free_again() {
        String book = clerk.stocked(5);
        others.tell(placed(order, line(book, 3)));

        others.tell(notPaid(order, CHOREOGRAPHY));

        assertThat(others.hearOf(order)).last().isEqualTo(new InventoryReleased(order, CHOREOGRAPHY));
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
        assertThat(clerk.reservationOf(order)).isEqualTo("RELEASED");
    }

    @Test
    void what_is_canceled_is_free_again() {
        String book = clerk.stocked(5);
        others.tell(placed(order, line(book, 3)));

        others.tell(canceled(order));

        assertThat(others.hearOf(order)).last().isEqualTo(new InventoryReleased(order, CHOREOGRAPHY));
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
        assertThat(clerk.reservationOf(order)).isEqualTo("RELEASED");
    }

    @Test
    void what_is_canceled_and_not_paid_is_released_once() {
        String book = clerk.stocked(5);
        others.tell(placed(order, line(book, 3)));

        others.tell(canceled(order), notPaid(order, CHOREOGRAPHY));

        assertThat(others.hearOf(order)).hasSize(2);
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
    }

    @Test
    void an_order_that_is_canceled_before_we_hear_of_it_is_declined() {
        String book = clerk.stocked(5);

        others.tell(canceled(order));
        others.tell(placed(order, line(book, 3)));

        assertThat(others.hearOf(order)).isEmpty();
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
        assertThat(clerk.reservationOf(order)).isEqualTo("DECLINED");
        assertThat(linesOf(clerk.get("/reservations/{order}", order))).isEmpty();
    }

    @Test
    void placed_and_canceled_in_one_breath_leaves_everything_free() {
        String book = clerk.stocked(5);

        others.tell(placed(order, line(book, 3)), canceled(order));

        assertThat(others.hearOf(order))
                .containsExactly(
                        new InventoryReserved(order, user, totalOf(3), CHOREOGRAPHY),
                        new InventoryReleased(order, CHOREOGRAPHY));
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
    }

    @Test
    void what_is_completed_has_left() {
        String book = clerk.stocked(5);
        others.tell(placed(order, line(book, 3)));

        others.tell(new OrderCompleted(order, user));

        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(2, 0, 3, 5));
        assertThat(clerk.reservationOf(order)).isEqualTo("SHIPPED");
        assertThat(others.hearOf(order)).hasSize(1);
    }

    @Test
    void an_order_that_was_rejected_takes_nothing_when_it_is_called_off() {
        String book = clerk.stocked(1);
        others.tell(placed(order, line(book, 3)));

        others.tell(canceled(order), notPaid(order, CHOREOGRAPHY));

        assertThat(others.hearOf(order)).hasSize(1);
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(1, 0, 0, 1));
        assertThat(clerk.reservationOf(order)).isEqualTo("REJECTED");
    }

    @Test
    void what_is_told_twice_happens_once() {
        String book = clerk.stocked(9);
        UUID completed = TimeOrderedId.next();
        UUID unpaid = TimeOrderedId.next();

        others.tellTwice(placed(order, line(book, 1)), placed(completed, line(book, 2)), placed(unpaid, line(book, 3)));
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(3, 6, 0, 9));
        others.tellTwice(canceled(order), new OrderCompleted(completed, user), notPaid(unpaid, CHOREOGRAPHY));

        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(7, 0, 2, 9));
        assertThat(others.hearOf(order)).hasSize(2);
        assertThat(others.hearOf(completed)).hasSize(1);
        assertThat(others.hearOf(unpaid)).hasSize(2);
    }

    @Test
    void another_event_that_says_the_same_changes_nothing() {
        String book = clerk.stocked(9);

        others.tell(placed(order, line(book, 2)), placed(order, line(book, 2)));
        others.tell(canceled(order), canceled(order));
        others.tell(new OrderCompleted(order, user), placed(order, line(book, 2)));

        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(9, 0, 0, 9));
        assertThat(others.hearOf(order)).hasSize(2);
    }

    @Test
    void an_orchestrated_order_waits_for_its_orchestrator() {
        String book = clerk.stocked(5);

        others.tell(placed(order, ORCHESTRATION, line(book, 3)), notPaid(order, ORCHESTRATION));

        assertThat(others.hearOf(order)).isEmpty();
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
        assertThat(clerk.get("/reservations/{order}", order).status()).isEqualTo(404);
    }

    @Test
    void what_an_orchestrator_asks_for_is_set_aside_once_and_answered_each_time() {
        String book = clerk.stocked(5);

        others.tell(reserve(order, line(book, 3)));
        others.tell(reserve(order, line(book, 3)));

        InventoryReserved reserved = new InventoryReserved(order, user, totalOf(3), ORCHESTRATION);
        assertThat(others.hearOf(order)).containsExactly(reserved, reserved);
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(2, 3, 0, 5));
    }

    @Test
    void an_orchestrator_that_asks_again_hears_what_was_missing_then_although_it_is_there_now() {
        String book = clerk.stocked(1);
        others.tell(reserve(order, line(book, 3)));
        clerk.receive(book, 9);

        others.tell(reserve(order, line(book, 3)));

        InventoryRejected rejected =
                new InventoryRejected(order, user, List.of(new MissingStock(book, 3, 1)), ORCHESTRATION);
        assertThat(others.hearOf(order)).containsExactly(rejected, rejected);
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(10, 0, 0, 10));
    }

    @Test
    void what_an_orchestrator_gives_back_is_free_once_and_answered_each_time() {
        String book = clerk.stocked(5);
        others.tell(reserve(order, line(book, 3)));

        others.tell(new ReleaseInventory(order), new ReleaseInventory(order));
        others.tell(reserve(order, line(book, 3)));

        InventoryReleased released = new InventoryReleased(order, ORCHESTRATION);
        assertThat(others.hearOf(order).stream().skip(1)).containsExactly(released, released, released);
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
    }

    @Test
    void what_an_orchestrator_gives_back_before_it_was_set_aside_is_never_set_aside() {
        String book = clerk.stocked(5);

        others.tell(new ReleaseInventory(order));
        others.tell(reserve(order, line(book, 3)));

        InventoryReleased released = new InventoryReleased(order, ORCHESTRATION);
        assertThat(others.hearOf(order)).containsExactly(released, released);
        assertThat(clerk.reservationOf(order)).isEqualTo("DECLINED");
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
    }

    @Test
    void an_orchestrated_order_that_is_canceled_is_released_when_its_orchestrator_asks() {
        String book = clerk.stocked(5);
        others.tell(reserve(order, line(book, 3)));

        others.tell(canceled(order));
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(2, 3, 0, 5));
        others.tell(new ReleaseInventory(order));

        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
        assertThat(others.hearOf(order)).last().isEqualTo(new InventoryReleased(order, ORCHESTRATION));
    }

    @Test
    void a_cancellation_that_overtakes_the_commands_of_an_orchestrator_does_not_keep_them_from_being_answered() {
        String book = clerk.stocked(5);

        others.tell(canceled(order));
        others.tell(reserve(order, line(book, 3)), new ReleaseInventory(order));

        InventoryReleased released = new InventoryReleased(order, ORCHESTRATION);
        assertThat(others.hearOf(order)).containsExactly(released, released);
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
    }

    @Test
    void an_orchestrated_order_that_is_completed_has_left() {
        String book = clerk.stocked(5);
        others.tell(reserve(order, line(book, 3)));

        others.tell(new OrderCompleted(order, user));

        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(2, 0, 3, 5));
    }

    @Test
    void an_order_that_we_have_not_heard_of_may_be_asked_for_again() {
        Answer unknown = clerk.get("/reservations/{order}", order);

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.problem()).startsWith("We have not heard of order %s.".formatted(order));
        assertThat(unknown.headers().getFirst("Retry-After")).isEqualTo("1");
    }

    @Test
    void an_order_of_a_hundred_products_is_reserved_and_released_whole() {
        List<String> skus = Stream.generate(() -> clerk.stocked(1)).limit(100).toList();

        others.tell(placed(order, skus.stream().map(sku -> line(sku, 1)).toArray(OrderLine[]::new)));
        assertThat(skus).allSatisfy(sku -> assertThat(clerk.stockOf(sku)).isEqualTo(new Pieces(0, 1, 0, 1)));
        others.tell(canceled(order));

        assertThat(skus).allSatisfy(sku -> assertThat(clerk.stockOf(sku)).isEqualTo(new Pieces(1, 0, 0, 1)));
    }

    private OrderPlaced placed(UUID id, OrderLine... lines) {
        return placed(id, CHOREOGRAPHY, lines);
    }

    private OrderPlaced placed(UUID id, Fulfilment fulfilment, OrderLine... lines) {
        int pieces = List.of(lines).stream().mapToInt(OrderLine::quantity).sum();
        return new OrderPlaced(id, user, List.of(lines), totalOf(pieces), fulfilment);
    }

    private ReserveInventory reserve(UUID id, OrderLine... lines) {
        int pieces = List.of(lines).stream().mapToInt(OrderLine::quantity).sum();
        return new ReserveInventory(id, user, List.of(lines), totalOf(pieces));
    }

    private static Money totalOf(int pieces) {
        return PRICE.times(pieces);
    }

    private static OrderLine line(String sku, int quantity) {
        return new OrderLine(sku, quantity, PRICE);
    }

    private OrderCanceled canceled(UUID id) {
        return new OrderCanceled(id, user, "You canceled it.");
    }

    private PaymentFailed notPaid(UUID id, Fulfilment fulfilment) {
        return new PaymentFailed(id, user, PRICE, "Your account is empty.", fulfilment);
    }

    private static Map<String, Integer> linesOf(Answer reservation) {
        Map<String, Integer> lines = new TreeMap<>();
        reservation
                .body()
                .path("lines")
                .forEach(line -> lines.put(
                        line.path("sku").asString(), line.path("quantity").asInt()));
        return lines;
    }
}
