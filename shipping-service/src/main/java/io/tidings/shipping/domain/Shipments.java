package io.tidings.shipping.domain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** The shipments of all orders. */
interface Shipments extends Repository<Shipment, UUID> {

    Shipment save(Shipment shipment);

    Optional<Shipment> findById(UUID orderId);

    /**
     * In a fixed order, so that two who lock some of the same shipments never wait for each other. By an array: a query with
     * a list is translated into SQL anew each time.
     */
    @NativeQuery("select * from shipment where order_id = any (:orderIds) order by order_id for no key update")
    List<Shipment> lock(UUID[] orderIds);
}
