package io.tidings.order.api;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.order.Customer.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.order.Customer;
import io.tidings.order.Customer.Answer;
import io.tidings.order.OtherServices;
import io.tidings.order.RunningService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class CancelingTest {

    @Autowired
    Customer customer;

    @Autowired
    OtherServices others;

    private UUID user;
    private String book;

    @BeforeEach
    void someone_can_order_something() {
        user = others.signUp();
        book = others.list(new Money(1_999, "USD"));
    }

    @Test
    void an_order_is_canceled_and_others_are_told() {
        UUID order = placed();

        Answer canceled = customer.cancel(order);

        assertThat(canceled.orderStatus()).isEqualTo("CANCELED");
        assertThat(canceled.body().path("reason").asString()).isEqualTo("You canceled it.");
        assertThat(canceled.body().path("endedAt").isNull()).isFalse();
        assertThat(canceled.body().path("lines")).hasSize(1);
        assertThat(customer.find(order).orderStatus()).isEqualTo("CANCELED");
        assertThat(endingsOf(order)).containsExactly(new OrderCanceled(order, user, "You canceled it."));
    }

    @Test
    void to_cancel_again_changes_nothing_and_tells_nothing() {
        UUID order = placed();
        customer.cancel(order);
        Answer before = customer.find(order);

        Answer again = customer.cancel(order);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(before.body());
        assertThat(endingsOf(order)).hasSize(1);
    }

    @Test
    void an_order_that_is_completed_can_not_be_canceled() {
        UUID order = placed();
        others.tell(new ShipmentCreated(order, TimeOrderedId.next(), user, CHOREOGRAPHY));

        Answer late = customer.cancel(order);

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem())
                .isEqualTo("Order %s is COMPLETED already, and can't be canceled any more.".formatted(order));
        assertThat(customer.find(order).orderStatus()).isEqualTo("COMPLETED");
        assertThat(endingsOf(order)).containsExactly(new OrderCompleted(order, user));
    }

    @Test
    void many_who_cancel_an_order_at_once_cancel_it_once() throws Exception {
        UUID order = placed();
        Callable<Answer> cancel = () -> customer.cancel(order);

        List<Answer> answers = allAtOnce(Collections.nCopies(16, cancel));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(endingsOf(order)).hasSize(1);
    }

    @Test
    void an_order_that_is_canceled_while_it_is_shipped_ends_one_way_and_everyone_is_told_the_same() throws Exception {
        List<UUID> orders = Stream.generate(this::placed).limit(40).toList();
        List<Callable<Answer>> calls = new ArrayList<>();
        calls.add(() -> {
            others.tell(orders.stream()
                    .map(order -> new ShipmentCreated(order, TimeOrderedId.next(), user, CHOREOGRAPHY))
                    .toArray(Event[]::new));
            return null;
        });
        orders.forEach(order -> calls.add(() -> customer.cancel(order)));

        List<Answer> answers = allAtOnce(calls);

        Map<UUID, List<Event>> told = others.hearOfAll();
        for (int each = 0; each < orders.size(); each++) {
            UUID order = orders.get(each);
            List<Event> endings = told.get(order).stream().skip(1).toList();
            if (answers.get(each + 1).status() == 200) {
                assertThat(customer.find(order).orderStatus()).isEqualTo("CANCELED");
                assertThat(endings).containsExactly(new OrderCanceled(order, user, "You canceled it."));
            } else {
                assertThat(answers.get(each + 1).status()).isEqualTo(409);
                assertThat(customer.find(order).orderStatus()).isEqualTo("COMPLETED");
                assertThat(endings).containsExactly(new OrderCompleted(order, user));
            }
        }
    }

    @Test
    void an_order_that_nobody_placed_is_not_found() {
        UUID unknown = TimeOrderedId.next();

        assertThat(customer.cancel(unknown).status()).isEqualTo(404);
        assertThat(customer.cancel(unknown).problem()).isEqualTo("There is no order %s.".formatted(unknown));
        assertThat(customer.find(unknown).status()).isEqualTo(404);
        assertThat(customer.find(unknown).problem()).isEqualTo("There is no order %s.".formatted(unknown));
    }

    @Test
    void an_id_that_is_no_uuid_is_a_bad_request() {
        Answer refused = customer.get("/orders/seven");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("orderId: must be a UUID");
    }

    private UUID placed() {
        return customer.place(order(user, book, 1)).orderId();
    }

    private List<Event> endingsOf(UUID order) {
        return others.hearOf(order).stream().skip(1).toList();
    }

    private static List<Answer> allAtOnce(List<Callable<Answer>> calls) throws Exception {
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
            for (Future<Answer> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
