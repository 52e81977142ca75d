package io.tidings.benchmarks.modulith;

import io.tidings.benchmarks.contender.OrderChanged;
import java.util.UUID;
import org.springframework.modulith.events.Externalized;

/** {@link OrderChanged} as an event that is externalized. */
@Externalized(OrderChanged.TOPIC + "::#{#this.orderId().toString()}")
public record OrderTold(
        UUID orderId, long version, String customer, String address, long totalMinor, String currency, String note) {

    static OrderTold of(OrderChanged order) {
        return new OrderTold(
                order.orderId(),
                order.version(),
                order.customer(),
                order.address(),
                order.totalMinor(),
                order.currency(),
                order.note());
    }
}
