package io.tidings.benchmarks.contender;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/**
 * An order was placed or changed: what the contenders tell of. About 400 bytes as JSON.
 *
 * @param version 1 for a new order, and one more with each change
 */
public record OrderChanged(
        UUID orderId, long version, String customer, String address, long totalMinor, String currency, String note) {

    /** Where orders are told of. */
    public static final String TOPIC = "orders";

    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();
    private static final String NOTE =
            "Leave it with the neighbours at number 17 if nobody opens, and please ring twice, since the bell is old. "
                    + "The parcel must stay upright and dry; there is a roof over the side door. Thank you!";

    /** A new order with an id of its own, later ones with greater ids. */
    public static OrderChanged placed() {
        return of(IDS.generate(), 1);
    }

    /** A state of an order that follows from its id and version, so that anyone can tell whether it arrived whole. */
    public static OrderChanged of(UUID orderId, long version) {
        long number = orderId.getLeastSignificantBits() >>> 44;
        return new OrderChanged(
                orderId,
                version,
                "Customer of order " + number,
                number % 200 + ", Harbour Street, 20457 Hamburg",
                1000 + number % 100_000,
                "EUR",
                NOTE);
    }
}
