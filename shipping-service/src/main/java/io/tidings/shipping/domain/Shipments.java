package io.tidings.shipping.domain;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The shipments of all orders. */
interface Shipments extends Repository<Shipment, UUID> {

    Shipment save(Shipment shipment);

    Optional<Shipment> findById(UUID orderId);

    /** In a fixed order, so that two who lock some of the same shipments never wait for each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select s from Shipment s where s.orderId in :orderIds order by s.orderId")
    List<Shipment> lock(Collection<UUID> orderIds);
}
