package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RestReadsTest {

    private static final List<UUID> SOMEONE = List.of(new UUID(0, 1));

    @Test
    void a_percentile_is_over_all_reads_or_over_those_of_a_service() {
        RestReads reads =
                new RestReads(Map.of("order-service", List.of(1.0, 2.0), "audit-service", List.of(30.0, 40.0)));

        assertThat(reads.all().at(99)).isEqualTo(40);
        assertThat(reads.all().at(50)).isEqualTo(2);
        assertThat(reads.of("order-service").at(99)).isEqualTo(2);
    }

    @Test
    void every_service_is_asked() {
        assertThat(RestRead.about(3, new PastOrders(10, 0), SOMEONE, SOMEONE).stream()
                        .map(RestRead::service)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(ShopProcess.SERVICES);
    }
}
