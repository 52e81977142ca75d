package io.tidings.order.domain;

import io.tidings.events.Money;
import io.tidings.events.OrderLine;

/** A line of an order as it lies in the order's row; its currency is the order's. */
record PricedLine(String sku, int quantity, long unitPriceMinor) {

    static PricedLine of(OrderLine line) {
        return new PricedLine(line.sku(), line.quantity(), line.unitPrice().minorUnits());
    }

    OrderLine in(String currency) {
        return new OrderLine(sku, quantity, new Money(unitPriceMinor, currency));
    }
}
