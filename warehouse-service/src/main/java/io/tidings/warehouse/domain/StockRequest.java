package io.tidings.warehouse.domain;

import io.tidings.events.Fulfilment;
import io.tidings.events.Money;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What an order needs.
 *
 * @param lines pieces by sku
 * @param total what it costs, for whoever takes the payment
 */
public record StockRequest(
        UUID orderId, UUID userId, SortedMap<String, Integer> lines, Money total, Fulfilment fulfilment) {

    public StockRequest(UUID orderId, UUID userId, Map<String, Integer> lines, Money total, Fulfilment fulfilment) {
        this(orderId, userId, new TreeMap<>(lines), total, fulfilment);
    }
}
