package io.tidings.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OrderChangedTest {

    /** All numbers that make a difference, as ids made now would try a few of them, and others each time. */
    @Test
    void an_event_has_about_400_bytes_whatever_the_number_of_its_order() {
        assertThat(LongStream.range(0, 100_000).mapToInt(OrderChangedTest::bytesOfTheOrderWithNumber))
                .allSatisfy(bytes -> assertThat(bytes).isBetween(375, 425));
    }

    private static int bytesOfTheOrderWithNumber(long number) {
        UUID id = new UUID(0x7000, 1L << 63 | number << 44);
        return JsonMapper.shared().writeValueAsBytes(OrderChanged.of(id, 1)).length;
    }

    @Test
    void orders_are_numbered_in_time_so_that_tables_grow_at_their_end() {
        // when
        OrderChanged earlier = OrderChanged.placed();
        OrderChanged later = OrderChanged.placed();
        // then
        assertThat(later.orderId().toString()).isGreaterThan(earlier.orderId().toString());
    }

    @Test
    void a_state_follows_from_id_and_version() {
        OrderChanged order = OrderChanged.placed();

        assertThat(OrderChanged.of(order.orderId(), order.version())).isEqualTo(order);
    }
}
