package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeakTest {

    @Test
    void the_largest_value_is_kept_when_it_is_over() {
        // given
        AtomicInteger looks = new AtomicInteger();
        Iterator<Double> values = List.of(1.0, 3.0, 2.0).iterator();
        // when
        try (Peak peak = Peak.of(() -> {
            looks.incrementAndGet();
            return values.hasNext() ? values.next() : 0;
        })) {
            await().until(() -> looks.get() > 3);
            // then
            assertThat(peak.value()).isEqualTo(3);
        }
    }
}
