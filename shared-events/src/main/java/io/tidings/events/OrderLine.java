package io.tidings.events;

/**
 * What an order asks for of one product.
 *
 * @param sku the product
 * @param quantity pieces, at least 1
 * @param unitPrice the price of one piece when the order was placed
 */
public record OrderLine(String sku, @AtLeast(1) int quantity, Money unitPrice) {

    public OrderLine {
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "An order line needs a quantity of at least 1, not %d.".formatted(quantity));
        }
    }

    public Money price() {
        return unitPrice.times(quantity);
    }
}
