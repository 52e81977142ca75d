package io.tidings.warehouse.domain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** What is set aside for all orders. */
interface Reservations extends Repository<Reservation, UUID> {

    Reservation save(Reservation reservation);

    Optional<Reservation> findById(UUID orderId);

    /**
     * In a fixed order, so that two who lock some of the same reservations never wait for each other. By an array: a query with
     * a list is translated into SQL anew each time.
     */
    @NativeQuery("select * from reservation where order_id = any (:orderIds) order by order_id for no key update")
    List<Reservation> lock(UUID[] orderIds);
}
