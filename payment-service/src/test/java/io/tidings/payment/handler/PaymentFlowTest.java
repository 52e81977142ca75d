package io.tidings.payment.handler;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.payment.ProcessPayment;
import io.tidings.events.payment.RefundPayment;
import io.tidings.events.user.UserCreated;
import io.tidings.payment.AccountClient;
import io.tidings.payment.AccountClient.Answer;
import io.tidings.payment.OtherServices;
import io.tidings.payment.RunningService;
import io.tidings.payment.domain.Cashier;
import io.tidings.payment.domain.PaymentCommand.CancelPayment;
import io.tidings.payment.domain.PaymentCommand.TakePayment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RunningService
class PaymentFlowTest {

    private static final Money PRICE = dollars(30);

    @Autowired
    OtherServices others;

    @Autowired
    AccountClient accounts;

    @Autowired
    Cashier cashier;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    private final UUID order = TimeOrderedId.next();

    @Test
    void a_new_user_gets_an_empty_account_once() {
        UUID user = others.createUser();

        others.tell(new UserCreated(user), new UserCreated(user));

        Answer account = accounts.get("/accounts/" + user);
        assertThat(account.balance()).isZero();
        assertThat(account.version()).isEqualTo(1);
    }

    @Test
    void an_order_whose_stock_is_reserved_is_paid() {
        UUID user = userWith(100);

        others.tell(reserved(user));

        assertThat(others.heardOf(order)).containsExactly(new PaymentProcessed(order, user, PRICE, CHOREOGRAPHY));
        assertThat(accounts.balance(user)).isEqualTo(70_00);
        Answer payment = payment();
        assertThat(payment.body().propertyNames())
                .containsExactly("orderId", "userId", "status", "amount", "reason", "createdAt", "updatedAt");
        assertThat(payment.body().path("userId").asString()).isEqualTo(user.toString());
        assertThat(payment.body().path("amount").toString()).isEqualTo("{\"minorUnits\":3000,\"currency\":\"USD\"}");
        assertThat(status()).isEqualTo("PROCESSED");
        assertThat(payment.body().path("reason").isNull()).isTrue();
        Answer events = accounts.get("/accounts/%s/events?fromVersion=3".formatted(user));
        assertThat(events.body()
                        .path("events")
                        .get(0)
                        .path("data")
                        .path("orderId")
                        .asString())
                .isEqualTo(order.toString());
    }

    @Test
    void the_same_message_twice_pays_once() {
        UUID user = userWith(100);

        others.tellTwice(reserved(user));
        others.tell(reserved(user, TimeOrderedId.next(), dollars(1)));

        assertThat(others.heardOf(order)).hasSize(1);
        assertThat(accounts.balance(user)).isEqualTo(69_00);
    }

    @Test
    void another_message_about_the_same_order_does_not_pay_again() {
        UUID user = userWith(100);

        others.tell(reserved(user), reserved(user));
        others.tell(reserved(user));

        assertThat(others.heardOf(order)).hasSize(1);
        assertThat(accounts.balance(user)).isEqualTo(70_00);
    }

    @Test
    void an_order_that_the_balance_does_not_cover_fails_and_stays_so() {
        UUID user = userWith(10);

        others.tell(reserved(user));
        accounts.deposit(user, 90_00);
        others.tell(reserved(user), canceled(user));

        var why = "The balance of 10.00 USD does not cover 30.00 USD: deposit 20.00 USD more, and try again.";
        assertThat(others.heardOf(order)).containsExactly(new PaymentFailed(order, user, PRICE, why, CHOREOGRAPHY));
        assertThat(accounts.balance(user)).isEqualTo(100_00);
        assertThat(status()).isEqualTo("FAILED");
        assertThat(payment().body().path("reason").asString()).isEqualTo(why);
    }

    @Test
    void an_order_of_an_unknown_user_fails() {
        UUID stranger = TimeOrderedId.next();

        others.tell(reserved(stranger));

        assertThat(others.heardOf(order))
                .singleElement()
                .isInstanceOfSatisfying(
                        PaymentFailed.class,
                        failed -> assertThat(failed.reason()).startsWith("There is no account to pay from yet"));
        assertThat(status()).isEqualTo("FAILED");
    }

    @Test
    void an_order_in_another_currency_fails() {
        UUID user = userWith(100);

        others.tell(reserved(user, order, new Money(5, "EUR")));

        assertThat(others.heardOf(order))
                .singleElement()
                .isInstanceOfSatisfying(
                        PaymentFailed.class,
                        failed -> assertThat(failed.reason()).startsWith("The account is in USD"));
        assertThat(accounts.balance(user)).isEqualTo(100_00);
    }

    @Test
    void an_order_that_is_canceled_after_it_was_paid_is_refunded_once() {
        UUID user = userWith(100);

        others.tell(reserved(user));
        others.tell(canceled(user));
        others.tell(canceled(user), reserved(user));

        assertThat(others.heardOf(order))
                .containsExactly(
                        new PaymentProcessed(order, user, PRICE, CHOREOGRAPHY),
                        new PaymentRefunded(order, user, PRICE, CHOREOGRAPHY));
        assertThat(accounts.balance(user)).isEqualTo(100_00);
        assertThat(status()).isEqualTo("REFUNDED");
        assertThat(payment().body().path("reason").asString()).isEqualTo("You canceled the order.");
    }

    @Test
    void an_order_that_is_canceled_before_it_is_to_be_paid_is_declined_without_a_word() {
        UUID user = userWith(100);

        others.tell(canceled(user));
        assertThat(status()).isEqualTo("DECLINED");
        assertThat(payment().body().path("amount").isNull()).isTrue();
        others.tell(reserved(user));

        assertThat(others.heardOf(order)).isEmpty();
        assertThat(accounts.get("/accounts/" + user).version()).isEqualTo(2);
        assertThat(status()).isEqualTo("DECLINED");
    }

    @Test
    void an_orchestrated_order_is_left_alone() {
        UUID user = userWith(100);

        others.tell(new InventoryReserved(order, user, PRICE, ORCHESTRATION));

        assertThat(others.heardOf(order)).isEmpty();
        assertThat(accounts.balance(user)).isEqualTo(100_00);
        assertThat(payment().status()).isEqualTo(404);
    }

    @Test
    void a_message_that_can_never_work_harms_no_other() {
        UUID user = userWith(100);
        UUID bad = TimeOrderedId.next();

        others.tell(reserved(user, bad, dollars(-5)), reserved(user));

        assertThat(others.heardOf(order)).containsExactly(new PaymentProcessed(order, user, PRICE, CHOREOGRAPHY));
        assertThat(others.heardOf(bad)).isEmpty();
        assertThat(accounts.balance(user)).isEqualTo(70_00);
    }

    @Test
    void many_orders_of_one_wallet_are_paid_until_it_is_empty() {
        UUID user = userWith(200);
        List<UUID> orders = Stream.generate(TimeOrderedId::next).limit(300).toList();

        others.tell(orders.stream().map(id -> reserved(user, id, dollars(1))).toArray(Event[]::new));

        List<Event> heard =
                others.heardOf(orders).values().stream().flatMap(List::stream).toList();
        assertThat(heard.stream().filter(PaymentProcessed.class::isInstance)).hasSize(200);
        assertThat(heard.stream().filter(PaymentFailed.class::isInstance)).hasSize(100);
        assertThat(accounts.balance(user)).isZero();
        assertThat(accounts.get("/accounts/" + user).version()).isEqualTo(202);
    }

    @Test
    void whatever_comes_in_whatever_order_deposits_equal_balances_and_net_payments() {
        Random chance = new Random(20260101);
        UUID provided = userWith(200); // so that some orders can be paid, however late the others deposit
        List<UUID> users = Stream.concat(
                        Stream.of(provided),
                        Stream.generate(TimeOrderedId::next).limit(11))
                .toList();
        List<UUID> orders = new ArrayList<>();
        List<Event> events =
                new ArrayList<>(users.stream().map(UserCreated::new).toList());
        for (UUID user : users) {
            for (int number = 0; number < 15; number++) {
                UUID id = TimeOrderedId.next();
                orders.add(id);
                events.add(reserved(user, id, dollars(1 + chance.nextInt(30))));
                if (chance.nextBoolean()) {
                    events.add(canceled(user, id));
                }
            }
        }
        events.addAll(List.copyOf(events));
        Collections.shuffle(events, chance);

        // When all of it is told twice and in disorder, while users deposit as soon as they have an account
        var deposits = inBackground(() -> users.stream()
                .flatMap(user ->
                        Stream.generate(() -> depositWhenOpen(user, 20_00)).limit(8))
                .mapToLong(Long::longValue)
                .sum());
        others.tell(events.toArray(Event[]::new));

        long deposited = deposits.join();
        long balances = users.stream().mapToLong(accounts::balance).sum();
        assertThat(deposited + 200_00).isEqualTo(balances + netPayments(users));
        assertThat(netPayments(users)).isPositive();
        assertThat(jdbc.sql("select count(*) from payment where order_id = any (:orders) and status <> 'EXPECTED'")
                        .param("orders", orders.toArray(UUID[]::new))
                        .query(Integer.class)
                        .single())
                .isEqualTo(orders.size());
        assertThat(others.heardOf(orders).values())
                .allSatisfy(heard -> assertThat(
                                heard.stream().<Class<?>>map(Event::getClass).toList())
                        .isIn(
                                List.of(),
                                List.of(PaymentProcessed.class),
                                List.of(PaymentFailed.class),
                                List.of(PaymentProcessed.class, PaymentRefunded.class)));
    }

    private long depositWhenOpen(UUID user, long minorUnits) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> accounts.deposit(user, minorUnits).status() == 200);
        return minorUnits;
    }

    private long netPayments(List<UUID> users) {
        return jdbc.sql("""
                select coalesce(sum(amount_minor), 0) from payment
                where status = 'PROCESSED' and user_id = any (:users)""")
                .param("users", users.toArray(UUID[]::new))
                .query(Long.class)
                .single();
    }

    @Test
    void a_deposit_in_the_middle_of_a_batch_waits_and_both_count() {
        UUID user = userWith(100);
        var take = new TakePayment(order, user, PRICE, CHOREOGRAPHY);

        var deposit = transactions.execute(batch -> {
            cashier.prepare(List.of(), List.of(take));
            var waiting = inBackground(() -> accounts.deposit(user, 5_00));
            awaitWaitingFor("wallet_stream");
            cashier.handle(take);
            return waiting;
        });

        assertThat(deposit.join().status()).isEqualTo(200);
        assertThat(accounts.balance(user)).isEqualTo(75_00);
        assertThat(others.heardOf(order)).hasSize(1);
    }

    @Test
    void of_two_who_hear_of_an_order_at_the_same_time_the_second_knows_what_the_first_did() {
        UUID stranger = TimeOrderedId.next();
        var take = new TakePayment(order, stranger, PRICE, CHOREOGRAPHY);
        var cancel = new CancelPayment(order, stranger, "You canceled the order.");

        var cancellation = transactions.execute(first -> {
            cashier.prepare(List.of(), List.of(take));
            var second = inBackground(() -> transactions.execute(other -> {
                cashier.prepare(List.of(), List.of(cancel));
                cashier.handle(cancel);
                return cancel;
            }));
            awaitWaitingFor("insert into payment");
            cashier.handle(take);
            return second;
        });
        cancellation.join();

        assertThat(status()).isEqualTo("FAILED");
        assertThat(others.heardOf(order)).hasSize(1);
    }

    @Test
    void what_an_orchestrator_asks_for_is_paid_once_and_refunded_once_and_answered_each_time() {
        UUID user = userWith(100);
        ProcessPayment process = new ProcessPayment(order, user, PRICE);
        RefundPayment refund = new RefundPayment(order, user, PRICE);

        others.tell(process, process);
        assertThat(accounts.balance(user)).isEqualTo(70_00);
        others.tell(refund, refund, process);

        PaymentProcessed processed = new PaymentProcessed(order, user, PRICE, ORCHESTRATION);
        PaymentRefunded refunded = new PaymentRefunded(order, user, PRICE, ORCHESTRATION);
        assertThat(others.heardOf(order)).containsExactly(processed, processed, refunded, refunded, refunded);
        assertThat(accounts.balance(user)).isEqualTo(100_00);
        assertThat(status()).isEqualTo("REFUNDED");
    }

    @Test
    void what_an_orchestrator_has_refunded_before_it_was_paid_is_never_paid() {
        UUID user = userWith(100);

        others.tell(new RefundPayment(order, user, PRICE));
        others.tell(new ProcessPayment(order, user, PRICE));

        assertThat(others.heardOf(order))
                .containsExactly(
                        new PaymentRefunded(order, user, Money.zero("USD"), ORCHESTRATION),
                        new PaymentFailed(order, user, PRICE, "The order was called off.", ORCHESTRATION));
        assertThat(accounts.balance(user)).isEqualTo(100_00);
    }

    @Test
    void a_cancellation_that_overtakes_the_commands_of_an_orchestrator_does_not_keep_them_from_being_answered() {
        UUID user = userWith(100);

        others.tell(canceled(user));
        others.tell(new ProcessPayment(order, user, PRICE), new RefundPayment(order, user, PRICE));

        assertThat(others.heardOf(order))
                .containsExactly(
                        new PaymentFailed(order, user, PRICE, "You canceled the order.", ORCHESTRATION),
                        new PaymentRefunded(order, user, Money.zero("USD"), ORCHESTRATION));
        assertThat(accounts.balance(user)).isEqualTo(100_00);
    }

    @Test
    void a_cancellation_leaves_the_money_of_an_orchestrated_order_to_its_orchestrator() {
        UUID user = userWith(100);
        others.tell(new ProcessPayment(order, user, PRICE));

        others.tell(canceled(user));
        assertThat(accounts.balance(user)).isEqualTo(70_00);
        others.tell(new RefundPayment(order, user, PRICE));

        assertThat(accounts.balance(user)).isEqualTo(100_00);
    }

    /** Not in the common pool, whose few threads the HTTP client needs. */
    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    private void awaitWaitingFor(String statement) {
        await().atMost(Duration.ofSeconds(10))
                .pollInSameThread()
                .until(() -> jdbc.sql("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'
                            and position(:statement in query) > 0""")
                                .param("statement", statement)
                                .query(Integer.class)
                                .single()
                        == 1);
    }

    private UUID userWith(long dollars) {
        UUID user = others.createUser();
        assertThat(accounts.deposit(user, dollars * 100).status()).isEqualTo(200);
        return user;
    }

    private InventoryReserved reserved(UUID user) {
        return reserved(user, order, PRICE);
    }

    private static InventoryReserved reserved(UUID user, UUID order, Money price) {
        return new InventoryReserved(order, user, price, CHOREOGRAPHY);
    }

    private OrderCanceled canceled(UUID user) {
        return canceled(user, order);
    }

    private static OrderCanceled canceled(UUID user, UUID order) {
        return new OrderCanceled(order, user, "You canceled the order.");
    }

    private Answer payment() {
        return accounts.get("/payments/" + order);
    }

    private String status() {
        return payment().body().path("status").asString();
    }

    private static Money dollars(long dollars) {
        return new Money(dollars * 100, "USD");
    }
}
