package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderCourseTest {

    @Test
    void the_news_of_an_ending_may_come_before_the_answer() {
        OrderCourse heardFirst =
                OrderCourse.NOTHING.ended("OrderCompleted", 9_000).placed(1_000, 10_000);

        assertThat(heardFirst)
                .isEqualTo(OrderCourse.NOTHING.placed(1_000, 10_000).ended("OrderCompleted", 9_000));
        assertThat(heardFirst.isCompletedOnce()).isTrue();
        assertThat(heardFirst.milliseconds()).isEqualTo(8);
    }

    @Test
    void an_order_that_ends_twice_is_not_completed_once_and_took_as_long_as_until_the_first_ending() {
        OrderCourse twice = OrderCourse.NOTHING
                .placed(1_000, 2_000)
                .ended("OrderCompleted", 5_000)
                .ended("OrderCompleted", 7_000);

        assertThat(twice.isCompletedOnce()).isFalse();
        assertThat(twice.milliseconds()).isEqualTo(4);
    }

    @Test
    void an_order_that_was_rejected_is_ended_and_not_completed() {
        OrderCourse rejected = OrderCourse.NOTHING.placed(1_000, 2_000).ended("OrderRejected", 5_000);

        assertThat(rejected.isEnded()).isTrue();
        assertThat(rejected.isCompletedOnce()).isFalse();
    }

    @Test
    void an_order_that_is_under_way_has_not_ended() {
        OrderCourse underWay = OrderCourse.NOTHING.placed(1_000, 2_000);

        assertThat(underWay.isPlaced()).isTrue();
        assertThat(underWay.isEnded()).isFalse();
    }
}
