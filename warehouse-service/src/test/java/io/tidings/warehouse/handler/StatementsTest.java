package io.tidings.warehouse.handler;

import static io.tidings.events.Fulfilment.CHOREOGRAPHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.message.EnvelopeFactory;
import io.tidings.events.Event;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.order.OrderPlaced;
import io.tidings.warehouse.Clerk;
import io.tidings.warehouse.Clerk.Pieces;
import io.tidings.warehouse.RunningService;
import io.tidings.warehouse.domain.StockKeeper;
import io.tidings.warehouse.domain.StockRequest;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
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

    private static final Money PRICE = new Money(1_999, "USD");

    @Autowired
    BatchProcessor processor;

    @Autowired
    EnvelopeFactory envelopes;

    @Autowired
    Clerk clerk;

    @Autowired
    StockKeeper stockKeeper;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    EntityManagerFactory entityManagers;

    private final UUID user = TimeOrderedId.next();

    @Test
    void new_orders_are_looked_for_all_at_once() {
        String book = clerk.stocked(100);
        long few = statementsOf(orders(5, book));

        assertThat(statementsOf(orders(50, book))).isEqualTo(few);

        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(45, 55, 0, 100));
    }

    @Test
    void products_that_nobody_has_listed_are_looked_for_all_at_once() {
        long few = statementsOf(orders(5, Clerk.anySku()));

        assertThat(statementsOf(orders(50, Clerk.anySku()))).isEqualTo(few);
    }

    @Test
    void what_the_batch_itself_reserves_is_known_to_what_follows_in_it() {
        String book = clerk.stocked(5);
        UUID order = TimeOrderedId.next();

        transactions.executeWithoutResult(batch -> {
            stockKeeper.prepare(Set.of(order), Set.of(book));
            stockKeeper.reserve(request(order, book));
            stockKeeper.reserve(request(order, book));
            stockKeeper.release(order);
        });

        assertThat(clerk.reservationOf(order)).isEqualTo("RELEASED");
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
    }

    @Test
    void what_the_batch_itself_declines_is_known_to_what_follows_in_it() {
        String book = clerk.stocked(5);
        UUID order = TimeOrderedId.next();

        transactions.executeWithoutResult(batch -> {
            stockKeeper.prepare(Set.of(order), Set.of(book));
            stockKeeper.release(order);
            stockKeeper.reserve(request(order, book));
        });

        assertThat(clerk.reservationOf(order)).isEqualTo("DECLINED");
        assertThat(clerk.stockOf(book)).isEqualTo(new Pieces(5, 0, 0, 5));
    }

    private List<OrderPlaced> orders(int count, String sku) {
        return IntStream.range(0, count)
                .mapToObj(number -> placed(TimeOrderedId.next(), sku))
                .toList();
    }

    /** How many statements the service prepares for a batch, beside those of the bus. */
    private long statementsOf(List<? extends Event> batch) {
        Statistics statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        long before = statistics.getPrepareStatementCount();
        processor.process(batch.stream().map(envelopes::seal).toList());
        return statistics.getPrepareStatementCount() - before;
    }

    private OrderPlaced placed(UUID order, String sku) {
        return new OrderPlaced(order, user, List.of(new OrderLine(sku, 1, PRICE)), PRICE, CHOREOGRAPHY);
    }

    private StockRequest request(UUID order, String sku) {
        return new StockRequest(order, user, Map.of(sku, 1), PRICE, CHOREOGRAPHY);
    }
}
