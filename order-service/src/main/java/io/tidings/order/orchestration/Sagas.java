package io.tidings.order.orchestration;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** All orchestrations. */
interface Sagas extends Repository<Saga, UUID> {

    Saga save(Saga saga);

    Optional<Saga> findById(UUID orderId);

    /** By an array: a query with a list is translated into SQL anew each time. */
    @NativeQuery("select * from saga where order_id = any (:orderIds)")
    List<Saga> load(UUID[] orderIds);
}
