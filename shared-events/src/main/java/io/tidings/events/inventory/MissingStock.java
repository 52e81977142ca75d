package io.tidings.events.inventory;

/**
 * Why an order can't be served.
 *
 * @param sku the product
 * @param requested pieces that the order asks for
 * @param available pieces that were free
 */
public record MissingStock(String sku, int requested, int available) {}
