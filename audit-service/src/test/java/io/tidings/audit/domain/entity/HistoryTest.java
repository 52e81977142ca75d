package io.tidings.audit.domain.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.entity.OrderState.Payment;
import io.tidings.audit.domain.entity.OrderState.Shipment;
import io.tidings.audit.domain.entity.OrderState.Status;
import io.tidings.audit.domain.entity.OrderState.Stock;
import io.tidings.bus.message.MessageCodec;
import io.tidings.events.Fulfilment;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.inventory.InventoryReleased;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.inventory.ReserveInventory;
import io.tidings.events.notification.EmailSent;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.payment.PaymentFailed;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.payment.PaymentRefunded;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import io.tidings.events.shipment.ShipmentCanceled;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.events.user.Profile;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Money PRICE = new Money(9_000, "USD");

    private final MessageCodec codec = new MessageCodec();
    private final UUID order = UUID.randomUUID();
    private final UUID user = UUID.randomUUID();
    private final List<AuditEvent> told = new ArrayList<>();

    private HistoryTest given(Message... messages) {
        for (Message message : messages) {
            tellAt(nextSecond(), message);
        }
        return this;
    }

    private void tellAt(Instant time, Message message) {
        MessageType type = MessageType.of(message.getClass());
        tellAt(time, "io.tidings.%s.v%d".formatted(type.name(), type.version()), codec.write(message));
    }

    private void tell(String type, byte[] payload) {
        tellAt(nextSecond(), type, payload);
    }

    private Instant nextSecond() {
        return NOON.plusSeconds(told.size());
    }

    private void tellAt(Instant time, String type, byte[] payload) {
        told.add(new AuditEvent(
                UUID.randomUUID(),
                "a-topic",
                "a-key",
                type,
                "/a-service",
                "a-flow",
                null,
                null,
                time,
                NOON,
                Map.of(),
                payload));
    }

    private History then(EntityType type) {
        return History.of(Fold.of(type), told, new MessageReader(codec));
    }

    private EntityState stateOf(EntityType type) {
        return then(type).state();
    }

    private OrderPlaced placed() {
        return new OrderPlaced(
                order, user, List.of(new OrderLine("saffron", 1, PRICE)), PRICE, Fulfilment.CHOREOGRAPHY);
    }

    private InventoryReserved reserved() {
        return new InventoryReserved(order, user, PRICE, Fulfilment.CHOREOGRAPHY);
    }

    private PaymentProcessed paid() {
        return new PaymentProcessed(order, user, PRICE, Fulfilment.CHOREOGRAPHY);
    }

    @Test
    void an_order_is_fulfilled_step_by_step() {
        // given
        given(placed(), reserved(), paid());
        UUID shipment = UUID.randomUUID();
        given(new ShipmentCreated(order, shipment, user, Fulfilment.CHOREOGRAPHY), new OrderCompleted(order, user));
        // then
        assertThat(then(EntityType.ORDER).steps())
                .extracting(step -> step.changes().stream()
                        .map(change -> "%s: %s → %s".formatted(change.field(), change.from(), change.to()))
                        .toList())
                .contains(
                        List.of("stock: null → \"RESERVED\""),
                        List.of("payment: null → \"PROCESSED\""),
                        List.of("shipment: null → \"CREATED\"", "shipmentId: null → \"%s\"".formatted(shipment)),
                        List.of("status: \"PLACED\" → \"COMPLETED\""));
        assertThat(stateOf(EntityType.ORDER))
                .isEqualTo(new OrderState(
                        user,
                        Status.COMPLETED,
                        Fulfilment.CHOREOGRAPHY,
                        placed().lines(),
                        PRICE,
                        null,
                        Stock.RESERVED,
                        Payment.PROCESSED,
                        null,
                        Shipment.CREATED,
                        shipment));
    }

    @Test
    void an_order_whose_payment_failed_is_rejected_and_its_stock_released() {
        // given
        given(placed(), reserved());
        given(new PaymentFailed(order, user, PRICE, "There is too little.", Fulfilment.CHOREOGRAPHY));
        given(new InventoryReleased(order, Fulfilment.CHOREOGRAPHY), new OrderRejected(order, user, "Not paid."));
        // then
        History history = then(EntityType.ORDER);
        assertThat((OrderState) history.upTo(2).state())
                .returns(Status.PLACED, OrderState::status)
                .returns(Stock.RESERVED, OrderState::stock)
                .returns(null, OrderState::payment);
        assertThat((OrderState) history.state())
                .returns(Status.REJECTED, OrderState::status)
                .returns("Not paid.", OrderState::reason)
                .returns(Stock.RELEASED, OrderState::stock)
                .returns(Payment.FAILED, OrderState::payment)
                .returns("There is too little.", OrderState::paymentFailure);
    }

    @Test
    void of_a_canceled_order_all_is_undone() {
        // given
        UUID shipment = UUID.randomUUID();
        given(placed(), reserved(), paid(), new ShipmentCreated(order, shipment, user, Fulfilment.CHOREOGRAPHY));
        // when
        given(
                new OrderCanceled(order, user, "You canceled it."),
                new ShipmentCanceled(order, shipment, Fulfilment.CHOREOGRAPHY),
                new PaymentRefunded(order, user, PRICE, Fulfilment.CHOREOGRAPHY));
        // then
        assertThat((OrderState) stateOf(EntityType.ORDER))
                .returns(Status.CANCELED, OrderState::status)
                .returns(Payment.REFUNDED, OrderState::payment)
                .returns(Shipment.CANCELED, OrderState::shipment)
                .returns(shipment, OrderState::shipmentId);
    }

    @Test
    void what_is_said_again_changes_nothing_and_what_is_asked_is_no_step() {
        // given
        given(placed(), new ReserveInventory(order, user, List.of(), PRICE), reserved(), reserved());
        // then
        assertThat(then(EntityType.ORDER).steps())
                .extracting(step -> step.position() + " " + step.event().name())
                .containsExactly("1 OrderPlaced", "2 InventoryReserved", "3 InventoryReserved");
        assertThat(then(EntityType.ORDER).steps().getLast().changes()).isEmpty();
    }

    @Test
    void an_order_that_ended_before_it_was_heard_of_has_still_ended() {
        assertThat((OrderState) given(new OrderCompleted(order, user), placed()).stateOf(EntityType.ORDER))
                .returns(Status.COMPLETED, OrderState::status)
                .returns(PRICE, OrderState::total);
    }

    @Test
    void what_can_not_be_read_is_a_step_that_says_why() {
        // given
        given(placed());
        tell("io.tidings.InventoryReserved.v99", "{}".getBytes(StandardCharsets.UTF_8));
        tell("io.tidings.PaymentProcessed.v1", "no JSON".getBytes(StandardCharsets.UTF_8));
        tell("org.example.Weather.v1", "{}".getBytes(StandardCharsets.UTF_8));
        // then
        History history = then(EntityType.ORDER);
        List<History.Step> steps = history.steps();
        assertThat(steps).hasSize(3);
        assertThat(steps.get(1).problem()).contains("version 99");
        assertThat(steps.get(2).problem()).contains("not a readable PaymentProcessed");
        assertThat(history.state()).isEqualTo(history.upTo(1).state());
    }

    @Test
    void a_profile_changes_by_its_revision() {
        // given
        Profile none = new Profile("Ada", "Byron", List.of());
        Profile first = new Profile("Ada", "Lovelace", List.of("books"));
        Profile second = new Profile("Ada", "Lovelace", List.of("engines"));
        given(new UserCreated(user), new UserProfileUpdated(user, first, second, 2));
        // when
        given(new UserProfileUpdated(user, none, first, 1), new EmailSent(UUID.randomUUID(), user, "WELCOME", "you"));
        // then
        assertThat(stateOf(EntityType.USER)).isEqualTo(new UserState(true, false, second, 2, 1, "WELCOME"));
        assertThat(then(EntityType.USER).steps().get(2).changes()).isEmpty();
    }

    @Test
    void an_erased_user_has_no_profile() {
        // given
        Profile profile = new Profile("Ada", "Lovelace", List.of("books"));
        given(new UserCreated(user), new UserProfileUpdated(user, profile, profile, 1));
        // when
        given(new UserErased(user));
        // then
        assertThat(stateOf(EntityType.USER)).isEqualTo(new UserState(true, true, null, 1, 0, null));
    }

    @Test
    void what_was_told_in_an_older_version_is_read_too() {
        // given
        tell("io.tidings.OrderPlaced.v1", """
                {"orderId":"%s","userId":"%s","lines":[],"totalMinor":9000}
                """.formatted(order, user).getBytes(StandardCharsets.UTF_8));
        // then
        assertThat((OrderState) stateOf(EntityType.ORDER))
                .returns(Status.PLACED, OrderState::status)
                .returns(PRICE, OrderState::total);
    }

    @Test
    void the_parts_of_what_changed_are_named() {
        // given
        given(new ProductListed("tea", "Tea", "groceries", PRICE));
        given(new ProductPriceChanged("tea", PRICE, new Money(8_000, "USD")));
        // then
        assertThat(then(EntityType.PRODUCT).steps().getLast().changes())
                .extracting(Change::toString)
                .containsExactly("Change[field=price.minorUnits, from=9000, to=8000]");
    }

    @Test
    void an_account_is_what_was_paid_from_it_and_not_refunded() {
        // given
        UUID other = UUID.randomUUID();
        given(paid(), new PaymentProcessed(other, user, new Money(500, "USD"), Fulfilment.ORCHESTRATION));
        given(new PaymentFailed(UUID.randomUUID(), user, PRICE, "There is too little.", Fulfilment.CHOREOGRAPHY));
        // when
        given(new PaymentRefunded(order, user, PRICE, Fulfilment.CHOREOGRAPHY));
        // then
        assertThat((AccountState) stateOf(EntityType.ACCOUNT))
                .returns(Map.of(other, new Money(500, "USD")), AccountState::paid)
                .returns(Map.of("USD", 500L), AccountState::spentMinorUnits)
                .returns(1, AccountState::failedPayments)
                .returns(1, AccountState::refunds);
    }

    @Test
    void who_is_told_of_a_payment_or_a_refund_again_is_not_told_of_another() {
        // given
        PaymentFailed failed =
                new PaymentFailed(UUID.randomUUID(), user, PRICE, "There is too little.", Fulfilment.ORCHESTRATION);
        PaymentRefunded refunded = new PaymentRefunded(order, user, PRICE, Fulfilment.ORCHESTRATION);
        given(paid(), failed, refunded);
        EntityState once = stateOf(EntityType.ACCOUNT);
        // when
        given(failed, refunded);
        // then
        assertThat(stateOf(EntityType.ACCOUNT)).isEqualTo(once);
        assertThat((AccountState) once).returns(1, AccountState::failedPayments).returns(1, AccountState::refunds);
        assertThat(then(EntityType.ACCOUNT).steps().getLast().changes()).isEmpty();
    }

    @Test
    void an_account_is_at_each_step_what_all_before_it_together_have_made_of_it() {
        // given payments of few orders in few currencies, so that they are paid again, paid otherwise and refunded
        Random random = new Random(42);
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(6).toList();
        for (int number = 0; number < 300; number++) {
            UUID some = orders.get(random.nextInt(orders.size()));
            Money amount =
                    new Money(random.nextInt(1, 4), List.of("EUR", "JPY", "USD").get(random.nextInt(3)));
            switch (random.nextInt(6)) {
                case 0 -> given(new PaymentFailed(some, user, amount, "Too little.", Fulfilment.CHOREOGRAPHY));
                case 1, 2 -> given(new PaymentRefunded(some, user, amount, Fulfilment.CHOREOGRAPHY));
                case 3 -> tell("io.tidings.PaymentProcessed.v99", "{}".getBytes(StandardCharsets.UTF_8));
                default -> given(new PaymentProcessed(some, user, amount, Fulfilment.CHOREOGRAPHY));
            }
        }
        // when
        History history = then(EntityType.ACCOUNT);
        // then
        AccountState before = recounted(List.of());
        for (History.Step step : history.steps()) {
            AccountState after = recounted(told.subList(0, step.position()));
            assertThat(history.upTo(step.position()).state()).isEqualTo(after);
            assertThat(step.changes()).isEqualTo(Change.between(before, after));
            before = after;
        }
        assertThat(history.steps()).hasSize(300);
    }

    /** Counts all anew. */
    private AccountState recounted(List<AuditEvent> events) {
        SortedMap<UUID, Money> paid = new TreeMap<>();
        Set<UUID> failed = new HashSet<>();
        Set<UUID> refunded = new HashSet<>();
        for (AuditEvent event : events) {
            if (new MessageReader(codec).read(event) instanceof MessageReader.Readable(Message message)) {
                switch (message) {
                    case PaymentProcessed it -> paid.put(it.orderId(), it.amount());
                    case PaymentRefunded it -> {
                        paid.remove(it.orderId());
                        refunded.add(it.orderId());
                    }
                    case PaymentFailed it -> failed.add(it.orderId());
                    default -> throw new AssertionError(message);
                }
            }
        }
        SortedMap<String, Long> spent = new TreeMap<>();
        paid.values().forEach(amount -> spent.merge(amount.currency(), amount.minorUnits(), Long::sum));
        return new AccountState(paid, spent, failed.size(), refunded.size());
    }

    @Test
    void a_payment_takes_no_more_memory_however_many_there_were() {
        // given
        for (int number = 0; number < 5_000; number++) {
            given(new PaymentProcessed(UUID.randomUUID(), user, PRICE, Fulfilment.CHOREOGRAPHY));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        // when
        History history = then(EntityType.ACCOUNT);
        AccountState state = (AccountState) history.state();
        // then
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(state.paid()).hasSize(5_000);
        assertThat(state.spentMinorUnits()).containsExactly(Map.entry("USD", 5_000 * PRICE.minorUnits()));
        assertThat(bytes / 5_000).isBetween(1L, 50_000L);
    }

    @Test
    void a_refund_of_nothing_is_an_answer_and_changes_neither_order_nor_account() {
        // given
        given(
                placed(),
                reserved(),
                new PaymentFailed(order, user, PRICE, "There is too little.", Fulfilment.ORCHESTRATION));
        // when
        given(new PaymentRefunded(order, user, Money.zero("USD"), Fulfilment.ORCHESTRATION));
        // then
        assertThat((OrderState) stateOf(EntityType.ORDER)).returns(Payment.FAILED, OrderState::payment);
        assertThat((AccountState) stateOf(EntityType.ACCOUNT)).returns(0, AccountState::refunds);
    }

    @Test
    void a_history_is_cut_by_time_or_by_position() {
        // given
        History history = given(placed(), reserved(), paid()).then(EntityType.ORDER);
        // then
        assertThat(history.asOf(NOON.plusSeconds(1)).steps()).hasSize(2);
        assertThat(history.asOf(NOON.minusNanos(1)).steps()).isEmpty();
        assertThat(history.upTo(1).steps()).hasSize(1);
    }

    @Test
    void the_state_of_a_time_is_told_with_all_steps_that_made_it_although_clocks_differ() {
        // given
        given(placed());
        tellAt(NOON.plusSeconds(60), reserved());
        tellAt(NOON.plusSeconds(2), paid());
        // when
        History then = then(EntityType.ORDER).asOf(NOON.plusSeconds(3));
        // then
        assertThat(then.steps())
                .extracting(step -> step.event().name())
                .containsExactly("OrderPlaced", "InventoryReserved", "PaymentProcessed");
        assertThat((OrderState) then.state())
                .returns(Stock.RESERVED, OrderState::stock)
                .returns(Payment.PROCESSED, OrderState::payment);
    }
}
