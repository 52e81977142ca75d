package io.tidings.order.orchestration;

import static io.tidings.order.orchestration.SagaStep.COMPENSATED;
import static io.tidings.order.orchestration.SagaStep.PAYING;
import static io.tidings.order.orchestration.SagaStep.RELEASING;
import static io.tidings.order.orchestration.SagaStep.RESERVING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.order.orchestration.SagaNews.Canceled;
import io.tidings.order.orchestration.SagaNews.NoAnswer;
import io.tidings.order.orchestration.SagaNews.NotPaid;
import io.tidings.order.orchestration.SagaNews.OutOfStock;
import io.tidings.order.orchestration.SagaNews.Paid;
import io.tidings.order.orchestration.SagaNews.Refunded;
import io.tidings.order.orchestration.SagaNews.Released;
import io.tidings.order.orchestration.SagaNews.Reserved;
import io.tidings.order.orchestration.SagaNews.ShipmentCanceled;
import io.tidings.order.orchestration.SagaNews.Shipped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SagaStateTest {

    private static final int ATTEMPTS = 3;

    private static final Map<String, SagaNews> NEWS = Stream.of(
                    new Reserved(),
                    new OutOfStock("Lamps are sold out."),
                    new Released(),
                    new Paid(),
                    new NotPaid("The account is empty."),
                    new Refunded(),
                    new Shipped(),
                    new ShipmentCanceled(),
                    new Canceled("You canceled it."),
                    new NoAnswer())
            .collect(Collectors.toMap(news -> news.getClass().getSimpleName(), Function.identity()));

    /**
     * Every step and everything that can be heard in it. A cell names the step that is entered and, after it, what others
     * are asked to do; a dot stands for the step it is in, an empty cell for nothing at all.
     */
    private static final String TRANSITIONS = """
            heard            | RESERVING           | PAYING             | SHIPPING                           | COMPLETED | CANCELING_SHIPMENT | REFUNDING         | RELEASING         | COMPENSATED
            Reserved         | PAYING PAY          |                    |                                    |           |                    |                   |                   | . RELEASE
            OutOfStock       | COMPENSATED         |                    |                                    |           |                    |                   |                   |
            Released         | COMPENSATED         |                    |                                    |           |                    |                   | COMPENSATED       |
            Paid             |                     | SHIPPING SHIP      |                                    |           |                    |                   | . REFUND          | . REFUND
            NotPaid          |                     | RELEASING RELEASE  |                                    |           |                    |                   |                   |
            Refunded         |                     | RELEASING RELEASE  |                                    |           |                    | RELEASING RELEASE |                   |
            Shipped          |                     |                    | COMPLETED                          |           |                    | . CANCEL_SHIPMENT | . CANCEL_SHIPMENT | . CANCEL_SHIPMENT
            ShipmentCanceled |                     |                    | REFUNDING REFUND                   |           | REFUNDING REFUND   |                   |                   |
            Canceled         | RELEASING RELEASE   | REFUNDING REFUND   | CANCELING_SHIPMENT CANCEL_SHIPMENT |           |                    |                   |                   |
            NoAnswer         | RELEASING RELEASE   | REFUNDING REFUND   | CANCELING_SHIPMENT CANCEL_SHIPMENT |           | REFUNDING REFUND   | RELEASING RELEASE | COMPENSATED       |
            """;

    private static Stream<Arguments> transitions() {
        List<List<String>> rows = TRANSITIONS
                .lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
        List<String> steps = rows.getFirst();
        return rows.stream()
                .skip(1)
                .flatMap(row -> IntStream.range(1, steps.size())
                        .mapToObj(column ->
                                Arguments.of(SagaStep.valueOf(steps.get(column)), row.getFirst(), row.get(column))));
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void the_news_lead_to_a_step_and_requests(SagaStep step, String heard, String expected) {
        SagaState before = at(step);

        SagaDecision decision = SagaState.decide(before, NEWS.get(heard), ATTEMPTS);

        List<String> words = List.of(expected.isEmpty() ? new String[] {"."} : expected.split(" "));
        assertThat(decision.requests())
                .isEqualTo(words.stream().skip(1).map(Request::valueOf).toList());
        if (words.getFirst().equals(".")) {
            assertThat(decision.saga()).isEqualTo(before);
        } else {
            assertThat(decision.saga().step()).isEqualTo(SagaStep.valueOf(words.getFirst()));
            assertThat(decision.saga().attempts()).isEqualTo(decision.requests().size());
        }
    }

    @Test
    void every_step_and_all_that_can_be_heard_is_in_the_table() {
        assertThat(transitions().map(each -> each.get()[0])).contains((Object[]) SagaStep.values());
        assertThat(SagaNews.class.getPermittedSubclasses())
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrderElementsOf(transitions()
                        .map(each -> (String) each.get()[1])
                        .distinct()
                        .toList());
    }

    @Test
    void it_begins_with_the_stock() {
        assertThat(SagaState.begin())
                .isEqualTo(new SagaDecision(new SagaState(RESERVING, 1, null), List.of(Request.RESERVE)));
    }

    @ParameterizedTest
    @CsvSource({
        "RESERVING, RESERVE",
        "PAYING, PAY",
        "SHIPPING, SHIP",
        "CANCELING_SHIPMENT, CANCEL_SHIPMENT",
        "REFUNDING, REFUND",
        "RELEASING, RELEASE"
    })
    void who_does_not_answer_is_asked_again_as_long_as_attempts_are_left(SagaStep step, Request request) {
        var decision = SagaState.decide(new SagaState(step, ATTEMPTS - 1, null), new NoAnswer(), ATTEMPTS);

        assertThat(decision).isEqualTo(new SagaDecision(new SagaState(step, ATTEMPTS, null), List.of(request)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RESERVING | OutOfStock       | Lamps are sold out.
            RESERVING | Released         | warehouse-service declined to set anything aside.
            PAYING    | NotPaid          | The account is empty.
            PAYING    | Refunded         | payment-service declined to take the payment.
            SHIPPING  | ShipmentCanceled | shipping-service declined to ship it.
            RESERVING | Canceled         | You canceled it.
            PAYING    | Canceled         | You canceled it.
            SHIPPING  | Canceled         | You canceled it.
            RESERVING | NoAnswer         | warehouse-service did not answer.
            PAYING    | NoAnswer         | payment-service did not answer.
            SHIPPING  | NoAnswer         | shipping-service did not answer.
            """)
    void who_turns_back_knows_why(SagaStep step, String heard, String reason) {
        assertThat(SagaState.decide(at(step), NEWS.get(heard), ATTEMPTS).saga().reason())
                .isEqualTo(reason);
    }

    @Test
    void the_first_reason_is_the_one_that_is_told() {
        var failed = SagaState.decide(at(PAYING), NEWS.get("NotPaid"), ATTEMPTS).saga();

        var canceledToo =
                SagaState.decide(failed, NEWS.get("Canceled"), ATTEMPTS).saga();
        var ended =
                SagaState.decide(canceledToo, NEWS.get("Released"), ATTEMPTS).saga();

        assertThat(failed.step()).isEqualTo(RELEASING);
        assertThat(ended).isEqualTo(new SagaState(COMPENSATED, 0, "The account is empty."));
    }

    @Test
    void whatever_is_heard_in_whatever_order_it_never_turns_forward_again() {
        for (SagaStep step : List.of(SagaStep.CANCELING_SHIPMENT, SagaStep.REFUNDING, RELEASING, COMPENSATED)) {
            for (SagaNews news : NEWS.values()) {
                SagaStep next =
                        SagaState.decide(at(step), news, ATTEMPTS).saga().step();
                assertThat(next).as("%s in %s", news, step).isGreaterThanOrEqualTo(step);
            }
        }
    }

    /** In its last attempt. */
    private static SagaState at(SagaStep step) {
        boolean backward = step.compareTo(SagaStep.COMPLETED) > 0;
        return new SagaState(
                step,
                step == SagaStep.COMPLETED || step == COMPENSATED ? 0 : ATTEMPTS,
                Optional.of("The first reason.").filter(reason -> backward).orElse(null));
    }
}
