package io.tidings.warehouse.domain;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All products. */
interface Products extends Repository<Product, String> {

    /** Adds a product at once, so that it is known here and not first at the commit whether the sku is taken. */
    Product saveAndFlush(Product product);

    Optional<Product> findById(String sku);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from Product p where p.sku = :sku")
    Optional<Product> lock(String sku);

    @Query("select p from Product p where p.sku > :after order by p.sku")
    List<Product> findAfter(String after, Limit limit);
}
