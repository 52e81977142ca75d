package io.tidings.allinone;

import static io.tidings.allinone.OrderFlow.ORDER;
import static io.tidings.allinone.OrderFlow.PAYMENT;
import static io.tidings.allinone.OrderFlow.SHIPPING;
import static io.tidings.allinone.OrderFlow.WAREHOUSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.events.Fulfilment;
import io.tidings.scenarios.doors.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cancellation against everything: one service hears nothing for a while, so that the cancellation comes exactly where it
 * hurts. However it went, in the end stock and wallet are whole and nothing is on its way for a canceled order.
 */
class CancellationRacesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PRICE = 20_00;
    private static final int WALLET = 100_00;

    private static OrderFlow shop;

    private UUID user;
    private String sku;

    @BeforeAll
    static void start() {
        shop = new OrderFlow();
    }

    @AfterAll
    static void stop() {
        if (shop != null) {
            shop.close();
        }
    }

    @BeforeEach
    void there_is_a_product_and_someone_who_can_pay_for_it() {
        user = shop.userWith(WALLET);
        sku = shop.product(PRICE, 5);
    }

    @AfterEach
    void all_hear_again() {
        shop.letAllHear();
    }

    @ParameterizedTest
    @EnumSource
    void canceled_before_the_warehouse_hears_of_it(Fulfilment style) {
        UUID warm = completed(style);
        shop.keepFromHearing(WAREHOUSE);
        UUID order = place(style);

        cancel(order);
        shop.letHear(WAREHOUSE);

        assertUndone(order, style);
        assertWholeWith(List.of(warm));
    }

    @ParameterizedTest
    @EnumSource
    void canceled_when_it_is_reserved_and_not_yet_to_be_paid(Fulfilment style) {
        shop.keepFromHearing(PAYMENT);
        UUID order = place(style);
        awaitStatus(WAREHOUSE, "/reservations/" + order, "RESERVED");

        cancel(order);
        shop.letHear(PAYMENT);

        assertUndone(order, style);
        assertWholeWith(List.of());
    }

    @ParameterizedTest
    @EnumSource
    void canceled_when_it_is_paid_and_not_yet_to_be_shipped(Fulfilment style) {
        shop.keepFromHearing(SHIPPING);
        UUID order = place(style);
        awaitStatus(PAYMENT, "/payments/" + order, "PROCESSED");

        cancel(order);
        shop.letHear(SHIPPING);

        assertUndone(order, style);
        assertWholeWith(List.of());
    }

    @ParameterizedTest
    @EnumSource
    void canceled_when_it_is_shipped_and_the_order_has_not_heard_of_it(Fulfilment style) {
        shop.keepFromHearing(SHIPPING);
        UUID order = place(style);
        awaitStatus(PAYMENT, "/payments/" + order, "PROCESSED");
        if (style == Fulfilment.ORCHESTRATION) {
            awaitStep(order, "SHIPPING");
        }
        shop.keepFromHearing(ORDER);
        shop.letHear(SHIPPING);
        awaitStatus(SHIPPING, "/shipments/" + order, "CREATED");

        cancel(order);
        shop.letHear(ORDER);

        assertUndone(order, style);
        assertThat(status(SHIPPING, "/shipments/" + order)).isEqualTo("CANCELED");
        assertWholeWith(List.of());
    }

    @ParameterizedTest
    @EnumSource
    void canceled_when_the_cancellation_is_heard_by_everyone_but_one(Fulfilment style) {
        for (String deaf : List.of(WAREHOUSE, PAYMENT, SHIPPING)) {
            shop.keepFromHearing(deaf);
            UUID order = place(style);
            cancel(order);
            shop.letHear(deaf);

            assertUndone(order, style);
        }
        assertWholeWith(List.of());
    }

    @ParameterizedTest
    @EnumSource
    void too_late_to_be_canceled_when_it_is_completed(Fulfilment style) {
        UUID order = completed(style);

        Answer late = shop.post(ORDER, "/orders/%s/cancel".formatted(order), null);

        assertThat(late.status()).isEqualTo(409);
        assertWholeWith(List.of(order));
    }

    @ParameterizedTest
    @EnumSource
    void completed_once_when_each_service_in_turn_was_away_for_a_while(Fulfilment style) {
        for (String deaf : List.of(WAREHOUSE, PAYMENT, SHIPPING)) {
            shop.keepFromHearing(deaf);
        }
        UUID order = place(style);
        shop.letHear(SHIPPING);
        shop.letHear(PAYMENT);
        shop.letHear(WAREHOUSE);

        awaitStatus(ORDER, "/orders/" + order, "COMPLETED");
        assertWholeWith(List.of(order));
    }

    @Test
    void a_payment_service_that_is_away_until_its_order_was_given_up_takes_and_keeps_nothing() {
        shop.keepFromHearing(PAYMENT);
        UUID order = place(Fulfilment.ORCHESTRATION);
        awaitStep(order, "PAYING");

        await("the order to be given up").atMost(PATIENCE).until(() -> {
            shop.letDeadlinePass(order);
            return "REJECTED".equals(status(ORDER, "/orders/" + order));
        });
        shop.letHear(PAYMENT);

        assertThat(shop.get(ORDER, "/orders/" + order).body().path("reason").asString())
                .isEqualTo("payment-service did not answer.");
        assertStep(order, "COMPENSATED");
        assertWholeWith(List.of());
        assertThat(status(PAYMENT, "/payments/" + order)).isEqualTo("REFUNDED");
        assertThat(shop.deadLettersOf(order)).isEmpty();
    }

    @Test
    void who_is_asked_twice_because_it_was_away_acts_once() {
        shop.keepFromHearing(WAREHOUSE);
        UUID order = place(Fulfilment.ORCHESTRATION);
        shop.letDeadlinePass(order);
        await("the second attempt")
                .atMost(PATIENCE)
                .until(() -> saga(order).body().path("attempts").asInt() == 2);

        shop.letHear(WAREHOUSE);

        awaitStatus(ORDER, "/orders/" + order, "COMPLETED");
        assertWholeWith(List.of(order));
    }

    private UUID place(Fulfilment style) {
        Map<String, Object> body =
                Map.of("userId", user, "lines", List.of(Map.of("sku", sku, "quantity", 1)), "fulfilment", style);
        Answer placed = await("order-service to hear of user and product")
                .atMost(PATIENCE)
                .until(() -> shop.post(ORDER, "/orders", body), Answer::isSuccess);
        return placed.as("orderId", UUID.class);
    }

    private UUID completed(Fulfilment style) {
        UUID order = place(style);
        awaitStatus(ORDER, "/orders/" + order, "COMPLETED");
        return order;
    }

    private void cancel(UUID order) {
        Answer canceled = shop.post(ORDER, "/orders/%s/cancel".formatted(order), null);
        assertThat(canceled.status()).as(canceled.summary()).isEqualTo(200);
    }

    private void assertUndone(UUID order, Fulfilment style) {
        if (style == Fulfilment.ORCHESTRATION) {
            awaitStep(order, "COMPENSATED");
        }
        shop.awaitQuiet();
        assertThat(status(ORDER, "/orders/" + order)).isEqualTo("CANCELED");
        assertThat(status(WAREHOUSE, "/reservations/" + order)).isIn("RELEASED", "DECLINED");
        assertThat(status(PAYMENT, "/payments/" + order)).isIn("REFUNDED", "DECLINED");
        assertThat(status(SHIPPING, "/shipments/" + order)).isIn("CANCELED", "DECLINED");
        assertThat(shop.deadLettersOf(order)).isEmpty();
    }

    /** Stock and wallet have lost what these orders took, and nothing else. */
    private void assertWholeWith(List<UUID> completed) {
        shop.awaitQuiet();
        int sold = completed.size();
        Answer stock = shop.get(WAREHOUSE, "/stock/" + sku);
        assertThat(stock.body().path("onHand").asInt()).isEqualTo(5 - sold);
        assertThat(stock.body().path("reserved").asInt()).isZero();
        assertThat(stock.body().path("shipped").asInt()).isEqualTo(sold);
        assertThat(stock.body().path("received").asInt()).isEqualTo(5);
        assertThat(shop.get(PAYMENT, "/accounts/" + user)
                        .body()
                        .path("balance")
                        .path("minorUnits")
                        .asInt())
                .isEqualTo(WALLET - sold * PRICE);
        assertThat(completed).allSatisfy(order -> {
            assertThat(status(SHIPPING, "/shipments/" + order)).isEqualTo("CREATED");
            assertThat(status(PAYMENT, "/payments/" + order)).isEqualTo("PROCESSED");
            assertThat(status(WAREHOUSE, "/reservations/" + order)).isEqualTo("SHIPPED");
        });
    }

    private void awaitStep(UUID order, String step) {
        await("the saga to be %s".formatted(step)).atMost(PATIENCE).untilAsserted(() -> assertStep(order, step));
    }

    private static void assertStep(UUID order, String step) {
        assertThat(saga(order).body().path("step").asString()).isEqualTo(step);
    }

    private static Answer saga(UUID order) {
        return shop.get(ORDER, "/sagas/" + order);
    }

    private static void awaitStatus(String service, String path, String status) {
        await("%s to be %s".formatted(path, status))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(service, path)).isEqualTo(status));
    }

    private static String status(String service, String path) {
        return shop.get(service, path).body().path("status").asString("");
    }
}
