package io.tidings.order.orchestration;

import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static io.tidings.order.Customer.orchestratedOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.inventory.InventoryRejected;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.inventory.MissingStock;
import io.tidings.events.inventory.ReleaseInventory;
import io.tidings.events.inventory.ReserveInventory;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.payment.ProcessPayment;
import io.tidings.events.payment.RefundPayment;
import io.tidings.events.shipment.CancelShipment;
import io.tidings.events.shipment.CreateShipment;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.order.Customer;
import io.tidings.order.Customer.Answer;
import io.tidings.order.OtherServices;
import io.tidings.order.RunningService;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@RunningService
@TestPropertySource(properties = "tidings.orchestration.answer-within=1h") // here nobody is late
class OrchestrationFlowTest {

    private static final Money PRICE = new Money(1_999, "USD");
    private static final Money TOTAL = new Money(3_998, "USD");

    @Autowired
    Customer customer;

    @Autowired
    OtherServices others;

    private UUID user;
    private String book;
    private UUID order;

    @BeforeEach
    void an_order_is_placed_to_be_orchestrated() {
        user = others.signUp();
        book = others.list(PRICE);
        order = customer.place(orchestratedOrder(user, book, 2)).orderId();
    }

    @Test
    void step_by_step_others_are_asked_and_in_the_end_the_order_is_completed() {
        ReserveInventory reserve = new ReserveInventory(order, user, List.of(new OrderLine(book, 2, PRICE)), TOTAL);
        assertThat(others.askedFor(order)).containsExactly(reserve);
        assertThat(step()).isEqualTo("RESERVING");

        others.tell(reserved());
        assertThat(step()).isEqualTo("PAYING");
        others.tell(paid());
        assertThat(step()).isEqualTo("SHIPPING");
        assertThat(customer.find(order).orderStatus()).isEqualTo("PLACED");
        others.tell(shipped());

        assertThat(others.askedFor(order))
                .containsExactly(reserve, new ProcessPayment(order, user, TOTAL), new CreateShipment(order, user));
        assertThat(endings()).containsExactly(new OrderCompleted(order, user));
        assertThat(customer.find(order).orderStatus()).isEqualTo("COMPLETED");
    }

    @Test
    void a_saga_shows_its_steps_with_their_times() {
        Instant before = Instant.now();
        others.tell(reserved());

        Answer saga = saga();

        assertThat(saga.status()).isEqualTo(200);
        assertThat(saga.body().propertyNames())
                .containsExactly("orderId", "fulfilment", "step", "attempts", "deadline", "reason", "steps");
        assertThat(saga.body().path("orderId").asString()).isEqualTo(order.toString());
        assertThat(saga.body().path("fulfilment").asString()).isEqualTo("ORCHESTRATION");
        assertThat(saga.body().path("attempts").asInt()).isEqualTo(1);
        assertThat(Instant.parse(saga.body().path("deadline").asString())).isAfter(before.plusSeconds(3_500));
        assertThat(saga.body().path("reason").isNull()).isTrue();
        assertThat(saga.body().path("steps")).hasSize(2);
        assertThat(saga.body().path("steps").get(0).path("step").asString()).isEqualTo("RESERVING");
        assertThat(saga.body().path("steps").get(0).path("endedAt"))
                .isEqualTo(saga.body().path("steps").get(1).path("beganAt"));
        assertThat(saga.body().path("steps").get(1).path("step").asString()).isEqualTo("PAYING");
        assertThat(saga.body().path("steps").get(1).path("endedAt").isNull()).isTrue();
    }

    @Test
    void a_saga_that_has_ended_waits_for_nothing() {
        others.tell(reserved());
        others.tell(paid());
        others.tell(shipped());

        assertThat(step()).isEqualTo("COMPLETED");
        assertThat(saga().body().path("deadline").isNull()).isTrue();
        assertThat(saga().body().path("attempts").asInt()).isZero();
        assertThat(stepsTaken()).containsExactly("RESERVING", "PAYING", "SHIPPING", "COMPLETED");
    }

    @Test
    void without_stock_the_order_is_rejected_at_once() {
        others.tell(new InventoryRejected(order, user, List.of(new MissingStock(book, 2, 1)), ORCHESTRATION));

        String reason = "Out of stock: 2 of %s are asked for, and 1 are there.".formatted(book);
        assertThat(endings()).containsExactly(new OrderRejected(order, user, reason));
        assertThat(others.askedFor(order)).hasSize(1);
        assertThat(stepsTaken()).containsExactly("RESERVING", "COMPENSATED");
    }

    @Test
    void without_money_the_stock_is_released_and_the_order_is_rejected_then() {
        others.tell(reserved());
        others.tell(new PaymentFailed(order, user, TOTAL, "Your account is empty.", ORCHESTRATION));
        assertThat(endings()).isEmpty();
        assertThat(step()).isEqualTo("RELEASING");

        others.tell(released());

        assertThat(others.askedFor(order).getLast()).isEqualTo(new ReleaseInventory(order));
        assertThat(endings()).containsExactly(new OrderRejected(order, user, "Your account is empty."));
        assertThat(customer.find(order).orderStatus()).isEqualTo("REJECTED");
        assertThat(saga().body().path("reason").asString()).isEqualTo("Your account is empty.");
    }

    @Test
    void an_order_that_is_canceled_when_it_is_about_to_be_shipped_is_undone_in_reverse() {
        others.tell(reserved());
        others.tell(paid());

        assertThat(customer.cancel(order).orderStatus()).isEqualTo("CANCELED");
        assertThat(step()).isEqualTo("CANCELING_SHIPMENT");
        others.tell(shipped()); // the answer to what was asked before
        others.tell(new ShipmentCanceled(order, TimeOrderedId.next(), ORCHESTRATION));
        others.tell(refunded());
        others.tell(released());

        assertThat(others.askedFor(order).stream().skip(3))
                .containsExactly(
                        new CancelShipment(order, user),
                        new RefundPayment(order, user, TOTAL),
                        new ReleaseInventory(order));
        assertThat(endings()).containsExactly(new OrderCanceled(order, user, "You canceled it."));
        assertThat(stepsTaken())
                .containsExactly(
                        "RESERVING",
                        "PAYING",
                        "SHIPPING",
                        "CANCELING_SHIPMENT",
                        "REFUNDING",
                        "RELEASING",
                        "COMPENSATED");
    }

    @Test
    void an_order_that_is_canceled_before_its_stock_is_reserved_is_released_only() {
        customer.cancel(order);
        others.tell(reserved());
        others.tell(released());

        assertThat(others.askedFor(order).stream().skip(1)).containsExactly(new ReleaseInventory(order));
        assertThat(step()).isEqualTo("COMPENSATED");
    }

    @Test
    void an_order_that_is_canceled_while_it_is_undone_anyway_is_canceled_and_undone_once() {
        others.tell(reserved());
        others.tell(new PaymentFailed(order, user, TOTAL, "Your account is empty.", ORCHESTRATION));

        assertThat(customer.cancel(order).orderStatus()).isEqualTo("CANCELED");
        assertThat(customer.cancel(order).orderStatus()).isEqualTo("CANCELED");
        others.tell(released());

        assertThat(endings()).containsExactly(new OrderCanceled(order, user, "You canceled it."));
        assertThat(others.askedFor(order)).hasSize(3);
    }

    @Test
    void an_order_that_is_completed_can_not_be_canceled() {
        others.tell(reserved());
        others.tell(paid());
        others.tell(shipped());

        assertThat(customer.cancel(order).status()).isEqualTo(409);
        assertThat(step()).isEqualTo("COMPLETED");
    }

    @Test
    void a_payment_that_is_heard_of_when_its_refund_was_given_up_is_refunded() {
        others.tell(reserved());
        customer.cancel(order);
        others.tell(refunded());

        others.tell(paid());

        assertThat(others.askedFor(order).getLast()).isEqualTo(new RefundPayment(order, user, TOTAL));
        assertThat(step()).isEqualTo("RELEASING");
    }

    @Test
    void what_is_answered_twice_is_taken_once() {
        others.tellTwice(reserved());
        others.tell(reserved(), reserved());
        others.tell(paid(), paid());
        others.tell(shipped(), shipped(), paid());

        assertThat(others.askedFor(order)).hasSize(3);
        assertThat(endings()).containsExactly(new OrderCompleted(order, user));
    }

    @Test
    void hundreds_of_orders_are_orchestrated_beside_each_other() {
        List<UUID> orders = Stream.generate(
                        () -> customer.place(orchestratedOrder(user, book, 1)).orderId())
                .limit(100)
                .toList();

        tellOfAll(orders, id -> new InventoryReserved(id, user, PRICE, ORCHESTRATION));
        tellOfAll(orders, id -> new PaymentProcessed(id, user, PRICE, ORCHESTRATION));
        tellOfAll(orders, id -> new ShipmentCreated(id, TimeOrderedId.next(), user, ORCHESTRATION));

        assertThat(orders)
                .allSatisfy(id -> assertThat(customer.find(id).orderStatus()).isEqualTo("COMPLETED"));
        assertThat(others.deadLettersOf(orders.getFirst())).isEmpty();
    }

    @Test
    void there_is_no_saga_of_an_order_that_nobody_placed_or_that_is_choreographed() {
        UUID unknown = TimeOrderedId.next();
        UUID choreographed = customer.place(Customer.order(user, book, 1)).orderId();

        Answer ofUnknown = customer.get("/sagas/{id}", unknown);
        Answer ofChoreographed = customer.get("/sagas/{id}", choreographed);

        assertThat(ofUnknown.status()).isEqualTo(404);
        assertThat(ofUnknown.problem()).isEqualTo("There is no order %s.".formatted(unknown));
        assertThat(ofChoreographed.status()).isEqualTo(404);
        assertThat(ofChoreographed.problem())
                .startsWith("Order %s is fulfilled by choreography, so there is no saga".formatted(choreographed));
        assertThat(customer.get("/sagas/seven").status()).isEqualTo(400);
    }

    private void tellOfAll(List<UUID> orders, Function<UUID, Event> event) {
        others.tellTwice(orders.stream().map(event).toArray(Event[]::new));
    }

    private InventoryReserved reserved() {
        return new InventoryReserved(order, user, TOTAL, ORCHESTRATION);
    }

    private InventoryReleased released() {
        return new InventoryReleased(order, ORCHESTRATION);
    }

    private PaymentProcessed paid() {
        return new PaymentProcessed(order, user, TOTAL, ORCHESTRATION);
    }

    private PaymentRefunded refunded() {
        return new PaymentRefunded(order, user, TOTAL, ORCHESTRATION);
    }

    private ShipmentCreated shipped() {
        return new ShipmentCreated(order, TimeOrderedId.next(), user, ORCHESTRATION);
    }

    private Answer saga() {
        return customer.get("/sagas/{id}", order);
    }

    private String step() {
        return saga().body().path("step").asString();
    }

    private List<String> stepsTaken() {
        return saga().body()
                .path("steps")
                .valueStream()
                .map(step -> step.path("step").asString())
                .toList();
    }

    private List<Event> endings() {
        return others.hearOf(order).stream().skip(1).toList();
    }
}
