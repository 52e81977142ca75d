package io.tidings.order.orchestration;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All orchestrations. */
interface Sagas extends Repository<Saga, UUID> {

    Saga save(Saga saga);

    Optional<Saga> findById(UUID orderId);

    @Query("select s from Saga s where s.orderId in :orderIds")
    List<Saga> load(Collection<UUID> orderIds);
}
