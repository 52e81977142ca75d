package io.tidings.warehouse.domain;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** The stock of all products. */
interface Stocks extends Repository<Stock, String> {

    Stock save(Stock stock);

    Optional<Stock> findById(String sku);

    /**
     * In a fixed order, so that two who lock some of the same products never wait for each other. By an array: a query with
     * a list is translated into SQL anew each time.
     */
    @NativeQuery("select * from stock where sku = any (:skus) order by sku for no key update")
    List<Stock> lock(String[] skus);
}
