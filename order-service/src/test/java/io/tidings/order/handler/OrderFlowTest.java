package io.tidings.order.handler;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static io.tidings.order.Customer.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.inventory.MissingStock;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import io.tidings.order.Customer;
import io.tidings.order.Customer.Answer;
import io.tidings.order.OtherServices;
import io.tidings.order.RunningService;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@RunningService
class OrderFlowTest {

    private static final Money PRICE = new Money(1_999, "USD");

    @Autowired
    Customer customer;

    @Autowired
    OtherServices others;

    @Autowired
    JdbcTemplate jdbc;

    private UUID user;
    private String book;
    private UUID order;

    @BeforeEach
    void an_order_is_placed() {
        user = others.signUp();
        book = others.list(PRICE);
        order = customer.place(order(user, book, 2)).orderId();
    }

    @Test
    void an_order_is_completed_when_its_shipment_is_on_its_way() {
        others.tell(shipped(order, CHOREOGRAPHY));

        Answer completed = customer.find(order);
        assertThat(completed.orderStatus()).isEqualTo("COMPLETED");
        assertThat(completed.body().path("reason").isNull()).isTrue();
        assertThat(completed.body().path("endedAt").isNull()).isFalse();
        assertThat(endingsOf(order)).containsExactly(new OrderCompleted(order, user));
    }

    @Test
    void an_order_is_rejected_when_something_is_missing_and_the_reason_names_it() {
        others.tell(new InventoryRejected(
                order, user, List.of(new MissingStock(book, 2, 1), new MissingStock("lamp", 3, 0)), CHOREOGRAPHY));

        String reason =
                "Out of stock: 2 of %s are asked for, and 1 are there; 3 of lamp are asked for, and 0 are there."
                        .formatted(book);
        assertThat(customer.find(order).orderStatus()).isEqualTo("REJECTED");
        assertThat(customer.find(order).body().path("reason").asString()).isEqualTo(reason);
        assertThat(endingsOf(order)).containsExactly(new OrderRejected(order, user, reason));
    }

    @Test
    void an_order_is_rejected_when_it_is_not_paid() {
        others.tell(notPaid(order, CHOREOGRAPHY));

        assertThat(customer.find(order).orderStatus()).isEqualTo("REJECTED");
        assertThat(customer.find(order).body().path("reason").asString()).isEqualTo("Your account is empty.");
        assertThat(endingsOf(order)).containsExactly(new OrderRejected(order, user, "Your account is empty."));
    }

    @Test
    void a_canceled_order_does_not_mind_what_it_hears_later() {
        customer.cancel(order);

        others.tell(shipped(order, CHOREOGRAPHY), notPaid(order, CHOREOGRAPHY), outOfStock(order, CHOREOGRAPHY));

        assertThat(customer.find(order).orderStatus()).isEqualTo("CANCELED");
        assertThat(endingsOf(order)).containsExactly(new OrderCanceled(order, user, "You canceled it."));
    }

    @Test
    void what_is_told_twice_happens_once() {
        others.tellTwice(shipped(order, CHOREOGRAPHY));
        UUID rejected = customer.place(order(user, book, 1)).orderId();
        others.tellTwice(outOfStock(rejected, CHOREOGRAPHY), notPaid(rejected, CHOREOGRAPHY));

        assertThat(endingsOf(order)).containsExactly(new OrderCompleted(order, user));
        assertThat(endingsOf(rejected)).hasSize(1).allMatch(OrderRejected.class::isInstance);
    }

    @Test
    void what_others_say_of_an_orchestrated_order_is_for_its_orchestrator() {
        others.tell(shipped(order, ORCHESTRATION), notPaid(order, ORCHESTRATION), outOfStock(order, ORCHESTRATION));

        assertThat(customer.find(order).orderStatus()).isEqualTo("PLACED");
        assertThat(endingsOf(order)).isEmpty();
    }

    @Test
    void what_is_an_answer_to_an_orchestrator_costs_other_orders_nothing() {
        long before = notesInTheInbox();

        others.tell(reserved(order, CHOREOGRAPHY), paid(order, CHOREOGRAPHY));
        assertThat(notesInTheInbox() - before).isZero();

        others.tell(reserved(order, ORCHESTRATION), paid(order, ORCHESTRATION));
        assertThat(notesInTheInbox() - before).isEqualTo(2);
    }

    @Test
    void what_is_told_of_an_order_that_nobody_placed_is_passed_over() {
        UUID unknown = TimeOrderedId.next();

        others.tell(shipped(unknown, CHOREOGRAPHY), notPaid(unknown, CHOREOGRAPHY), shipped(order, CHOREOGRAPHY));

        assertThat(customer.find(unknown).status()).isEqualTo(404);
        assertThat(others.deadLettersOf(unknown)).isEmpty();
        assertThat(customer.find(order).orderStatus()).isEqualTo("COMPLETED");
    }

    @Test
    void hundreds_of_orders_end_each_as_it_was_told() {
        List<UUID> orders = Stream.generate(
                        () -> customer.place(order(user, book, 1)).orderId())
                .limit(150)
                .toList();
        List<Function<UUID, Event>> news = List.of(
                id -> shipped(id, CHOREOGRAPHY), id -> notPaid(id, CHOREOGRAPHY), id -> outOfStock(id, CHOREOGRAPHY));

        others.tellTwice(IntStream.range(0, orders.size())
                .mapToObj(each -> news.get(each % 3).apply(orders.get(each)))
                .toArray(Event[]::new));

        for (int each = 0; each < orders.size(); each++) {
            assertThat(customer.find(orders.get(each)).orderStatus())
                    .isEqualTo(each % 3 == 0 ? "COMPLETED" : "REJECTED");
        }
    }

    @Test
    void users_and_products_that_are_told_again_change_nothing() {
        others.tell(new UserCreated(user), new ProductListed(book, "A product", "things", PRICE));
        others.tell(new UserCreated(user), new ProductListed(book, "A product", "things", PRICE));

        assertThat(customer.place(order(user, book, 1)).status()).isEqualTo(201);
    }

    @Test
    void a_product_that_was_never_listed_can_not_be_ordered_though_its_price_is_known() {
        String unlisted = "sku-" + UUID.randomUUID();

        others.tell(new ProductPriceChanged(unlisted, PRICE, new Money(1, "USD")));

        assertThat(customer.place(order(user, unlisted, 1)).status()).isEqualTo(422);
    }

    @Test
    void a_price_change_that_is_heard_before_the_listing_counts_nevertheless() {
        String lamp = "sku-" + UUID.randomUUID();
        others.tell(new ProductPriceChanged(lamp, PRICE, new Money(2_500, "USD")));

        others.tellTwice(new ProductListed(lamp, "A lamp", "things", PRICE));
        others.tell(new ProductListed(lamp, "A lamp", "things", PRICE));

        assertThat(priceOf(lamp)).isEqualTo(2_500);
        others.tell(new ProductPriceChanged(lamp, new Money(2_500, "USD"), new Money(2_700, "USD")));
        assertThat(priceOf(lamp)).isEqualTo(2_700);
    }

    @Test
    void for_who_was_erased_nothing_can_be_ordered_also_if_it_is_told_late_that_they_signed_up() {
        UUID late = TimeOrderedId.next();

        others.tell(new UserErased(user), new UserErased(late), new UserCreated(late), new UserCreated(user));

        assertThat(customer.place(order(user, book, 1)).status()).isEqualTo(422);
        assertThat(customer.place(order(late, book, 1)).status()).isEqualTo(422);
    }

    private long priceOf(String sku) {
        return customer.place(order(user, sku, 1))
                .body()
                .path("total")
                .path("minorUnits")
                .asLong();
    }

    private long notesInTheInbox() {
        return jdbc.queryForObject("select count(*) from inbox", Long.class);
    }

    private InventoryReserved reserved(UUID id, Fulfilment fulfilment) {
        return new InventoryReserved(id, user, PRICE, fulfilment);
    }

    private PaymentProcessed paid(UUID id, Fulfilment fulfilment) {
        return new PaymentProcessed(id, user, PRICE, fulfilment);
    }

    private ShipmentCreated shipped(UUID id, Fulfilment fulfilment) {
        return new ShipmentCreated(id, TimeOrderedId.next(), user, fulfilment);
    }

    private PaymentFailed notPaid(UUID id, Fulfilment fulfilment) {
        return new PaymentFailed(id, user, PRICE, "Your account is empty.", fulfilment);
    }

    private InventoryRejected outOfStock(UUID id, Fulfilment fulfilment) {
        return new InventoryRejected(id, user, List.of(new MissingStock(book, 2, 0)), fulfilment);
    }

    private List<Event> endingsOf(UUID id) {
        return others.hearOf(id).stream().skip(1).toList();
    }
}
