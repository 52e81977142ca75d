package io.tidings.events.order;

import io.tidings.events.Fulfilment;
import io.tidings.events.Upcaster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In version 1 the total was {@code totalMinor}, in the currency of the lines, and every order was a matter of choreography.
 */
final class OrderPlacedV1 implements Upcaster {

    /** An order without lines has no currency to take: the shop sold in dollars then. */
    private static final String CURRENCY_OF_NOTHING = "USD";

    @Override
    public int from() {
        return 1;
    }

    @Override
    public Map<String, @Nullable Object> upcast(Map<String, @Nullable Object> older) {
        Map<String, @Nullable Object> total = new LinkedHashMap<>();
        total.put("minorUnits", older.remove("totalMinor"));
        total.put("currency", currencyOf(older));
        older.put("total", total);
        older.put("fulfilment", Fulfilment.CHOREOGRAPHY.name());
        return older;
    }

    private static @Nullable Object currencyOf(Map<String, @Nullable Object> order) {
        return order.get("lines") instanceof List<?> lines
                        && !lines.isEmpty()
                        && lines.getFirst() instanceof Map<?, ?> line
                        && line.get("unitPrice") instanceof Map<?, ?> price
                ? price.get("currency")
                : CURRENCY_OF_NOTHING;
    }
}
