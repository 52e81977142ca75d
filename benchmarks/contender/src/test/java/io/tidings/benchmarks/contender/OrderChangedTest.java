package io.tidings.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OrderChangedTest {

    @Test
    void an_event_has_about_400_bytes() {
        Stream.generate(OrderChanged::placed)
                .limit(100)
                .forEach(order -> assertThat(JsonMapper.shared().writeValueAsBytes(order).length)
                        .isBetween(380, 420));
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
