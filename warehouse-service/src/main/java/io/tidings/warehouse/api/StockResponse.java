package io.tidings.warehouse.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidings.warehouse.domain.Stock;

@Schema(example = """
        {"sku": "teapot", "onHand": 1, "reserved": 0, "shipped": 2, "received": 3}""")
record StockResponse(String sku, long onHand, long reserved, long shipped, long received) {

    static StockResponse of(Stock stock) {
        return new StockResponse(stock.sku(), stock.onHand(), stock.reserved(), stock.shipped(), stock.received());
    }
}
