package io.tidings.warehouse.domain;

/** There is a product of that sku already. */
public class SkuTakenException extends RuntimeException {

    SkuTakenException(String sku, Throwable cause) {
        super("there is a product %s already: use another sku, or change its price".formatted(sku), cause);
    }
}
