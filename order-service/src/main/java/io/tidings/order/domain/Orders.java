package io.tidings.order.domain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All orders. */
interface Orders extends Repository<Order, UUID> {

    Order save(Order order);

    Optional<Order> findById(UUID id);

    /**
     * In a fixed order, so that two who lock some of the same orders never wait for each other. By an array: a query with
     * a list is translated into SQL anew each time.
     */
    @NativeQuery("select * from orders where id = any (:ids) order by id for no key update")
    List<Order> lock(UUID[] ids);

    @Query("select o from Order o where o.userId = :userId and o.id < :before order by o.id desc")
    List<Order> findOlder(UUID userId, UUID before, Limit limit);
}
