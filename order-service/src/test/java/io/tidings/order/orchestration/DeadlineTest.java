package io.tidings.order.orchestration;

import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static io.tidings.order.Customer.orchestratedOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.events.Command;
import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.inventory.ReleaseInventory;
import io.tidings.events.inventory.ReserveInventory;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.payment.ProcessPayment;
import io.tidings.events.payment.RefundPayment;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import io.tidings.order.Customer;
import io.tidings.order.OtherServices;
import io.tidings.order.RunningService;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@RunningService
@TestPropertySource(
        properties = {
            "tidings.orchestration.answer-within=1h",
            "tidings.orchestration.attempts=2",
            "tidings.orchestration.watch-every=20ms"
        })
class DeadlineTest {

    private static final Money PRICE = new Money(1_999, "USD");

    @Autowired
    Customer customer;

    @Autowired
    OtherServices others;

    @Autowired
    JdbcClient database;

    @Autowired
    DataSource connections;

    private UUID user;
    private String book;
    private UUID order;

    @BeforeEach
    void an_order_is_placed_to_be_orchestrated() {
        user = others.signUp();
        book = others.list(PRICE);
        order = customer.place(orchestratedOrder(user, book, 1)).orderId();
    }

    @Test
    void who_never_answers_is_asked_again_then_undone_and_the_order_is_rejected_with_the_reason() {
        awaitStep("COMPENSATED");

        assertThat(kindsAskedFor())
                .containsExactly(
                        ReserveInventory.class, ReserveInventory.class, ReleaseInventory.class, ReleaseInventory.class);
        assertThat(endings()).containsExactly(new OrderRejected(order, user, "warehouse-service did not answer."));
        assertThat(customer.find(order).body().path("reason").asString())
                .isEqualTo("warehouse-service did not answer.");
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void what_follows_from_silence_belongs_to_the_flow_of_the_order() {
        awaitStep("COMPENSATED");

        List<CloudEvent> told = new ArrayList<>(others.wireOf(order));
        told.addAll(new Topic("warehouse.commands").eventsOf(order));
        assertThat(told).hasSize(6); // placed and rejected, and each command twice
        assertThat(told)
                .extracting(message -> message.attribute("correlationid"))
                .containsOnly(told.getFirst().attribute("correlationid"));
    }

    @Test
    void a_payment_service_that_is_down_does_not_keep_the_stock_and_its_late_answer_is_undone() {
        others.tell(new InventoryReserved(order, user, PRICE, ORCHESTRATION));
        awaitStep("RELEASING");
        others.tell(new InventoryReleased(order, ORCHESTRATION));
        awaitStep("COMPENSATED");

        assertThat(endings()).containsExactly(new OrderRejected(order, user, "payment-service did not answer."));
        List<Class<?>> asked = kindsAskedFor();
        assertThat(asked)
                .containsSubsequence(
                        ProcessPayment.class,
                        ProcessPayment.class,
                        RefundPayment.class,
                        RefundPayment.class,
                        ReleaseInventory.class);

        others.tell(new PaymentProcessed(order, user, PRICE, ORCHESTRATION));
        assertThat(others.askedFor(order).getLast()).isEqualTo(new RefundPayment(order, user, PRICE));
        others.tell(new PaymentRefunded(order, user, PRICE, ORCHESTRATION));
        assertThat(endings()).hasSize(1);
    }

    @Test
    void who_answers_late_but_before_it_is_given_up_is_in_time() {
        awaitDeparture();
        the_deadline_passes("COMPENSATED");
        await("the second attempt")
                .atMost(Duration.ofSeconds(30))
                .until(() -> kindsAskedFor().size() == 2);

        others.tell(new InventoryReserved(order, user, PRICE, ORCHESTRATION));

        assertThat(others.askedFor(order)).contains(new ProcessPayment(order, user, PRICE));
    }

    @Test
    void an_order_that_is_canceled_and_whose_participants_are_silent_is_still_undone() {
        customer.cancel(order);

        awaitStep("COMPENSATED");

        assertThat(kindsAskedFor()).contains(ReleaseInventory.class);
        assertThat(customer.find(order).orderStatus()).isEqualTo("CANCELED");
        assertThat(endings()).hasSize(1);
    }

    @Test
    void whoever_was_not_asked_yet_because_nothing_leaves_has_not_failed_to_answer() throws SQLException {
        whileNothingLeaves(() -> {
            order = customer.place(orchestratedOrder(user, book, 1)).orderId();
            for (int time = 0; time < 3; time++) {
                the_deadline_passes("COMPENSATED");
                await("more time").atMost(Duration.ofSeconds(30)).until(this::hasTime);
            }
        });

        assertThat(attempts()).as("of 2, after 3 deadlines").isEqualTo(1);
        others.tell(new InventoryReserved(order, user, PRICE, ORCHESTRATION));
        assertThat(kindsAskedFor()).containsExactly(ReserveInventory.class, ProcessPayment.class);
        assertThat(endings()).isEmpty();
    }

    @Test
    void while_a_request_is_held_back_no_other_waits_with_it() throws SQLException {
        awaitDeparture();
        UUID sent = order;
        whileNothingLeaves(() -> {
            order = customer.place(orchestratedOrder(user, book, 1)).orderId();
            the_deadline_passes("COMPENSATED");
            await("more time").atMost(Duration.ofSeconds(30)).until(this::hasTime);
            assertThat(attempts()).isEqualTo(1);

            order = sent;
            the_deadline_passes("COMPENSATED");
            await("the second attempt").atMost(Duration.ofSeconds(30)).until(() -> attempts() == 2);
        });
    }

    /** Takes the place of the relay, so that what is published meanwhile stays in the outbox. */
    private void whileNothingLeaves(Runnable work) throws SQLException {
        try (Connection relay = connections.getConnection();
                Statement lock = relay.createStatement()) {
            relay.setAutoCommit(false);
            lock.execute("select id from outbox_relay for update");
            work.run();
            relay.rollback();
        }
    }

    /** Until nothing of the order waits in the outbox: only then can somebody be late with the answer. */
    private void awaitDeparture() {
        await("the request to leave")
                .atMost(Duration.ofSeconds(30))
                .until(() -> database.sql("select not exists (select from outbox where key = ?)")
                        .param(order.toString())
                        .query(Boolean.class)
                        .single());
    }

    private boolean hasTime() {
        return database.sql("select deadline > now() from saga where order_id = ?")
                .param(order)
                .query(Boolean.class)
                .single();
    }

    /** How often the first request for the order was sent. */
    private int attempts() {
        return customer.get("/sagas/{id}", order)
                .body()
                .path("steps")
                .get(0)
                .path("attempts")
                .asInt();
    }

    /** Lets one deadline after the other pass until then. */
    private void awaitStep(String step) {
        await(step).atMost(Duration.ofSeconds(60)).until(() -> {
            the_deadline_passes(step);
            return customer.get("/sagas/{id}", order)
                    .body()
                    .path("step")
                    .asString()
                    .equals(step);
        });
    }

    /** By hand, so that nothing has to be done in time; not that of a step which is yet to be looked at. */
    private void the_deadline_passes(String unlessAt) {
        database.sql("update saga set deadline = now() where order_id = ? and step <> ? and deadline > now()")
                .params(order, unlessAt)
                .update();
    }

    private List<Class<?>> kindsAskedFor() {
        List<Class<?>> kinds = new ArrayList<>();
        for (Command asked : others.askedFor(order)) {
            kinds.add(asked.getClass());
        }
        return kinds;
    }

    private List<Event> endings() {
        return others.hearOf(order).stream().skip(1).toList();
    }
}
