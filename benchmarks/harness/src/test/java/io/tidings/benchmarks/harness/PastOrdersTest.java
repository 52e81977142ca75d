package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PastOrdersTest {

    private static final Instant END = Instant.parse("2026-07-31T12:00:00Z");

    private final PastOrders past = PastOrders.until(END, 1_000);

    @Test
    void ids_tell_when_an_order_was_placed_within_thirty_days() {
        Duration pause = Duration.ofDays(30).dividedBy(1_000);

        assertThat(timeOf(past.order(1)))
                .isEqualTo(END.minus(Duration.ofDays(30)).plus(pause));
        assertThat(timeOf(past.order(1_000))).isEqualTo(END);
    }

    @Test
    void ids_are_different_and_those_of_later_orders_greater() {
        List<String> ids = IntStream.rangeClosed(1, 1_000)
                .mapToObj(number -> past.order(number).toString())
                .toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ids_are_made_as_the_scripts_make_them() {
        PastOrders early = new PastOrders(10, 0x0123456789abL);

        assertThat(early.customer(255)).hasToString("01234567-89ab-7000-8001-0000000000ff");
        assertThat(new PastOrders(1_000_000_000, 0x0123456789abL).order(16))
                .hasToString("01234567-89cb-7000-8002-000000000010");
    }

    @Test
    void a_customer_has_placed_ten() {
        assertThat(past.customers()).isEqualTo(100);
    }

    @Test
    void no_name_begins_with_another() {
        assertThat(past.familyName(12)).isEqualTo("aaaaaaabc");
        assertThat(past.familyName(123)).hasSameSizeAs(past.familyName(12));
    }

    private static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
