package io.tidings.order.domain;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All orders. */
interface Orders extends Repository<Order, UUID> {

    Order save(Order order);

    Optional<Order> findById(UUID id);

    /** In a fixed order, so that two who lock some of the same orders never wait for each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select o from Order o where o.id in :ids order by o.id")
    List<Order> lock(Collection<UUID> ids);

    @Query("select o from Order o where o.userId = :userId and o.id < :before order by o.id desc")
    List<Order> findOlder(UUID userId, UUID before, Limit limit);
}
