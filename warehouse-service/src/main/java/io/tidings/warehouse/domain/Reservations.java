package io.tidings.warehouse.domain;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** What is set aside for all orders. */
interface Reservations extends Repository<Reservation, UUID> {

    Reservation save(Reservation reservation);

    Optional<Reservation> findById(UUID orderId);

    /** In a fixed order, so that two who lock some of the same reservations never wait for each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from Reservation r where r.orderId in :orderIds order by r.orderId")
    List<Reservation> lock(Collection<UUID> orderIds);
}
