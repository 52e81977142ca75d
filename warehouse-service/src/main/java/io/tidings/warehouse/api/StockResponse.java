package io.tidings.warehouse.api;

import io.tidings.warehouse.domain.Stock;

record StockResponse(String sku, long onHand, long reserved, long shipped, long received) {

    static StockResponse of(Stock stock) {
        return new StockResponse(stock.sku(), stock.onHand(), stock.reserved(), stock.shipped(), stock.received());
    }
}
