package io.tidings.warehouse.domain;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The stock of all products. */
interface Stocks extends Repository<Stock, String> {

    Stock save(Stock stock);

    Optional<Stock> findById(String sku);

    /** In a fixed order, so that two who lock some of the same products never wait for each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select s from Stock s where s.sku in :skus order by s.sku")
    List<Stock> lock(Collection<String> skus);
}
