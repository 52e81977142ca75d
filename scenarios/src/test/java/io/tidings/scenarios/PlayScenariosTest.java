package io.tidings.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.scenarios.doors.Patience;
import io.tidings.scenarios.narration.Colours;
import io.tidings.scenarios.narration.TextNarrator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlayScenariosTest {

    private static final UUID ALAN = UUID.randomUUID();
    private static final UUID ORDER = UUID.randomUUID();

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private SmallSystem system;

    @BeforeEach
    void startSystem() throws IOException {
        system = new SmallSystem();
    }

    @AfterEach
    void stopSystem() {
        system.close();
    }

    @Test
    void exits_with_0_if_all_is_as_it_should_be() {
        // given
        rejectedOrder("REJECTED", 10_000);

        // when
        int status = play("out-of-stock");

        // then
        assertThat(told())
                .contains("✔ the order: REJECTED")
                .contains("└─ InventoryRejected v1")
                .contains("1 of 1 scenarios passed.");
        assertThat(status).isZero();
    }

    @Test
    void exits_with_1_if_an_order_ends_in_another_way() {
        // given
        rejectedOrder("COMPLETED", 10_000);

        // when
        int status = play("out-of-stock");

        // then
        assertThat(told())
                .contains("✘ the order: expected REJECTED, and it is COMPLETED")
                .contains("0 of 1 scenarios passed.");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void exits_with_1_if_money_is_missing() {
        // given
        rejectedOrder("REJECTED", 7_300);

        // when
        int status = play("out-of-stock");

        // then
        assertThat(told()).contains("✘ the balance: expected 100.00 USD, and it is 73.00 USD");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void exits_with_1_if_nobody_answers() {
        // given
        system.close();

        // when
        int status = play("notification");

        // then
        assertThat(told()).contains("does not answer").contains("./tidings up");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void exits_with_2_if_there_is_no_such_scenario() {
        assertThat(play("no-such-thing")).isEqualTo(2);
        assertThat(system.requests()).isEmpty();
    }

    @Test
    void exits_with_2_if_an_address_is_none() {
        // when
        int status = PlayScenarios.play(List.of(), Map.of("TIDINGS_GATEWAY", "localhost:8080"), patience(), narrator());

        // then
        assertThat(status).isEqualTo(2);
    }

    private void rejectedOrder(String status, long balance) {
        String stock = "{\"sku\":\"s\",\"onHand\":2,\"reserved\":0,\"shipped\":0,\"received\":2}";
        String money = "{\"minorUnits\":%d,\"currency\":\"USD\"}";
        String order =
                "{\"orderId\":\"%s\",\"status\":\"%s\",\"total\":%s}".formatted(ORDER, status, money.formatted(2_700));
        String account = "{\"balance\":%s,\"version\":2}".formatted(money.formatted(balance));
        system.answersByPrefix("POST /products", 201, stock);
        system.answers("POST /users", 201, "{\"userId\":\"%s\"}".formatted(ALAN))
                .answers("POST /accounts/%s/deposits".formatted(ALAN), 201, account)
                .answers("POST /orders", 422, "{}")
                .answers("POST /orders", 201, order)
                .answers("GET /events", 200, """
                        {"events":[
                          {"eventId":"1","topic":"orders","key":"k","type":"io.tidings.OrderPlaced.v2",
                           "source":"/order-service","causationId":null,"time":"2026-01-01T00:00:01Z"},
                          {"eventId":"2","topic":"inventory","key":"k","type":"io.tidings.InventoryRejected.v1",
                           "source":"/warehouse-service","causationId":"1","time":"2026-01-01T00:00:02Z"},
                          {"eventId":"3","topic":"orders","key":"k","type":"io.tidings.OrderRejected.v1",
                           "source":"/order-service","causationId":"2","time":"2026-01-01T00:00:03Z"},
                          {"eventId":"4","topic":"notifications","key":"k","type":"io.tidings.EmailSent.v1",
                           "source":"/email-service","causationId":"3","time":"2026-01-01T00:00:04Z"}]}
                        """)
                .answers("GET /orders/" + ORDER, 200, order)
                .answers("GET /reservations/" + ORDER, 200, "{\"status\":\"REJECTED\"}")
                .answers("GET /accounts/" + ALAN, 200, account);
        system.answersByPrefix("GET /stock/", 200, stock);
    }

    private int play(String... names) {
        Map<String, String> environment = Map.of(
                "TIDINGS_GATEWAY",
                system.uri().toString(),
                "TIDINGS_MAILBOX",
                system.uri().toString());
        return PlayScenarios.play(List.of(names), environment, patience(), narrator());
    }

    private static Patience patience() {
        return new Patience(Duration.ofMillis(200), Duration.ofMillis(5));
    }

    private TextNarrator narrator() {
        return new TextNarrator(new PrintStream(told, true, StandardCharsets.UTF_8), Colours.NONE);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
