package io.tidings.shipping.handler;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.shipping.RunningService;
import io.tidings.shipping.domain.ShipmentStatus;
import io.tidings.shipping.domain.ShippingDesk;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A large batch asks the database no more often than a small one. */
@RunningService
class StatementsTest {

    @Autowired
    BatchProcessor processor;

    @Autowired
    EnvelopeFactory envelopes;

    @Autowired
    ShippingDesk desk;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    EntityManagerFactory entityManagers;

    private final UUID user = TimeOrderedId.next();

    @Test
    void new_orders_are_looked_for_all_at_once() {
        long few = statementsOf(payments(5));

        assertThat(statementsOf(payments(50))).isEqualTo(few);
    }

    @Test
    void what_the_batch_itself_ships_is_known_to_what_follows_in_it() {
        UUID order = TimeOrderedId.next();

        transactions.executeWithoutResult(batch -> {
            desk.prepare(Set.of(order));
            desk.ship(order, user, CHOREOGRAPHY);
            desk.ship(order, user, CHOREOGRAPHY);
            desk.cancel(order);
        });

        assertThat(desk.find(order).orElseThrow().status()).isEqualTo(ShipmentStatus.CANCELED);
    }

    @Test
    void what_the_batch_itself_declines_is_known_to_what_follows_in_it() {
        UUID order = TimeOrderedId.next();

        transactions.executeWithoutResult(batch -> {
            desk.prepare(Set.of(order));
            desk.cancel(order);
            desk.ship(order, user, CHOREOGRAPHY);
        });

        assertThat(desk.find(order).orElseThrow().status()).isEqualTo(ShipmentStatus.DECLINED);
    }

    private List<PaymentProcessed> payments(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> paid(TimeOrderedId.next()))
                .toList();
    }

    /** How many statements the service prepares for a batch, beside those of the bus. */
    private long statementsOf(List<? extends Event> batch) {
        Statistics statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        long before = statistics.getPrepareStatementCount();
        processor.process(batch.stream().map(envelopes::seal).toList());
        return statistics.getPrepareStatementCount() - before;
    }

    private PaymentProcessed paid(UUID order) {
        return new PaymentProcessed(order, user, new Money(1_999, "USD"), CHOREOGRAPHY);
    }
}
