package io.tidings.shipping.handler;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.events.Event;
import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.shipment.CancelShipment;
import io.tidings.events.shipment.CreateShipment;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.shipping.OtherServices;
import io.tidings.shipping.RunningService;
import io.tidings.shipping.domain.Shipment;
import io.tidings.shipping.domain.ShipmentStatus;
import io.tidings.shipping.domain.ShippingDesk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class ShippingFlowTest {

    @Autowired
    OtherServices others;

    @Autowired
    ShippingDesk desk;

    @Autowired
    BatchProcessor processor;

    @Autowired
    EnvelopeFactory envelopes;

    private final UUID user = TimeOrderedId.next();
    private final UUID order = TimeOrderedId.next();

    @Test
    void what_is_paid_is_shipped() {
        others.tell(paid(order, CHOREOGRAPHY));

        assertThat(statusOf(order)).isEqualTo(ShipmentStatus.CREATED);
        UUID shipment = desk.find(order).flatMap(Shipment::shipmentId).orElseThrow();
        assertThat(others.hearOf(order)).containsExactly(new ShipmentCreated(order, shipment, user, CHOREOGRAPHY));
    }

    @Test
    void what_is_canceled_on_its_way_is_called_back() {
        others.tell(paid(order, CHOREOGRAPHY));

        others.tell(canceled(order));

        assertThat(statusOf(order)).isEqualTo(ShipmentStatus.CANCELED);
        UUID shipment = desk.find(order).flatMap(Shipment::shipmentId).orElseThrow();
        assertThat(others.hearOf(order))
                .containsExactly(
                        new ShipmentCreated(order, shipment, user, CHOREOGRAPHY),
                        new ShipmentCanceled(order, shipment, CHOREOGRAPHY));
    }

    @Test
    void what_is_canceled_before_it_is_paid_never_leaves() {
        others.tell(canceled(order));

        others.tell(paid(order, CHOREOGRAPHY));

        assertThat(statusOf(order)).isEqualTo(ShipmentStatus.DECLINED);
        assertThat(others.hearOf(order)).isEmpty();
    }

    @Test
    void what_is_told_twice_happens_once() {
        UUID other = TimeOrderedId.next();

        others.tellTwice(paid(order, CHOREOGRAPHY), paid(other, CHOREOGRAPHY));
        others.tellTwice(canceled(other));

        assertThat(others.hearOf(order)).hasSize(1);
        assertThat(others.hearOf(other)).hasSize(2);
    }

    @Test
    void another_event_that_says_the_same_changes_nothing() {
        others.tell(paid(order, CHOREOGRAPHY), paid(order, CHOREOGRAPHY));
        others.tell(canceled(order), canceled(order));
        others.tell(paid(order, CHOREOGRAPHY));

        assertThat(statusOf(order)).isEqualTo(ShipmentStatus.CANCELED);
        assertThat(others.hearOf(order)).hasSize(2);
    }

    @Test
    void an_orchestrated_order_waits_for_its_orchestrator() {
        others.tell(paid(order, ORCHESTRATION));

        assertThat(desk.find(order)).isEmpty();
        assertThat(others.hearOf(order)).isEmpty();
    }

    @Test
    void what_an_orchestrator_asks_for_is_shipped_once_and_answered_each_time() {
        others.tell(new CreateShipment(order, user));
        others.tell(new CreateShipment(order, user));

        UUID shipment = desk.find(order).flatMap(Shipment::shipmentId).orElseThrow();
        ShipmentCreated created = new ShipmentCreated(order, shipment, user, ORCHESTRATION);
        assertThat(others.hearOf(order)).containsExactly(created, created);
    }

    @Test
    void what_an_orchestrator_wants_back_is_called_back_once_and_answered_each_time() {
        others.tell(new CreateShipment(order, user), new CancelShipment(order, user), new CancelShipment(order, user));

        UUID shipment = desk.find(order).flatMap(Shipment::shipmentId).orElseThrow();
        ShipmentCanceled canceled = new ShipmentCanceled(order, shipment, ORCHESTRATION);
        assertThat(statusOf(order)).isEqualTo(ShipmentStatus.CANCELED);
        assertThat(others.hearOf(order).stream().skip(1)).containsExactly(canceled, canceled);
    }

    @Test
    void what_an_orchestrator_wants_back_before_it_left_never_leaves() {
        others.tell(new CancelShipment(order, user));
        others.tell(new CreateShipment(order, user));

        ShipmentCanceled canceled = new ShipmentCanceled(order, null, ORCHESTRATION);
        assertThat(statusOf(order)).isEqualTo(ShipmentStatus.DECLINED);
        assertThat(others.hearOf(order)).containsExactly(canceled, canceled);
    }

    @Test
    void an_orchestrated_order_that_is_canceled_is_called_back_when_its_orchestrator_asks() {
        others.tell(new CreateShipment(order, user));

        others.tell(canceled(order));
        assertThat(statusOf(order)).isEqualTo(ShipmentStatus.CREATED);
        others.tell(new CancelShipment(order, user));

        assertThat(statusOf(order)).isEqualTo(ShipmentStatus.CANCELED);
    }

    @Test
    void a_cancellation_that_overtakes_the_commands_of_an_orchestrator_does_not_keep_them_from_being_answered() {
        others.tell(canceled(order));
        others.tell(new CreateShipment(order, user), new CancelShipment(order, user));

        ShipmentCanceled canceled = new ShipmentCanceled(order, null, ORCHESTRATION);
        assertThat(others.hearOf(order)).containsExactly(canceled, canceled);
    }

    @Test
    void hundreds_of_orders_are_paid_and_canceled_in_any_order_and_none_that_is_canceled_stays_on_its_way() {
        List<UUID> paidOnly = anyOrders(100);
        List<UUID> paidAndCanceled = anyOrders(200);
        List<Event> news = new ArrayList<>();
        paidOnly.forEach(each -> news.add(paid(each, CHOREOGRAPHY)));
        paidAndCanceled.forEach(each -> Collections.addAll(news, paid(each, CHOREOGRAPHY), canceled(each)));
        Collections.shuffle(news, new Random(7));

        others.tellTwice(news.toArray(Event[]::new));

        Map<UUID, List<Event>> told = others.hearOfAllOrders();
        assertThat(paidOnly).allSatisfy(each -> assertThat(statusOf(each)).isEqualTo(ShipmentStatus.CREATED));
        paidAndCanceled.forEach(each -> assertCalledOff(each, told.getOrDefault(each, List.of())));
        assertThat(others.deadLettersOf(paidOnly)).isEmpty();
        assertThat(others.deadLettersOf(paidAndCanceled)).isEmpty();
    }

    @Test
    void two_instances_that_hear_of_payment_and_cancellation_at_the_same_moment_agree() throws Exception {
        List<UUID> orders = anyOrders(40);
        CyclicBarrier sameMoment = new CyclicBarrier(2);

        try (ExecutorService instances = Executors.newFixedThreadPool(2)) {
            for (UUID each : orders) {
                List<Future<?>> both = Stream.of(paid(each, CHOREOGRAPHY), canceled(each))
                        .map(envelopes::seal)
                        .<Future<?>>map(envelope -> instances.submit(() -> handle(envelope, sameMoment)))
                        .toList();
                for (Future<?> one : both) {
                    one.get();
                }
            }
        }

        Map<UUID, List<Event>> told = others.hearOfAllOrders();
        orders.forEach(each -> assertCalledOff(each, told.getOrDefault(each, List.of())));
        assertThat(others.deadLettersOf(orders)).isEmpty();
    }

    private Void handle(Envelope envelope, CyclicBarrier sameMoment) throws Exception {
        sameMoment.await();
        processor.process(List.of(envelope));
        return null;
    }

    private void assertCalledOff(UUID id, List<Event> told) {
        switch (statusOf(id)) {
            case CANCELED -> {
                assertThat(told).hasSize(2);
                assertThat(told.getFirst()).isInstanceOf(ShipmentCreated.class);
                assertThat(told.getLast()).isInstanceOf(ShipmentCanceled.class);
            }
            case DECLINED -> assertThat(told).isEmpty();
            case CREATED -> throw new AssertionError("Order %s is on its way, although it is canceled.".formatted(id));
        }
    }

    private ShipmentStatus statusOf(UUID id) {
        return desk.find(id).map(Shipment::status).orElseThrow();
    }

    private PaymentProcessed paid(UUID id, Fulfilment fulfilment) {
        return new PaymentProcessed(id, user, new Money(1_999, "USD"), fulfilment);
    }

    private OrderCanceled canceled(UUID id) {
        return new OrderCanceled(id, user, "You canceled it.");
    }

    private static List<UUID> anyOrders(int count) {
        return Stream.generate(TimeOrderedId::next).limit(count).toList();
    }
}
