package io.tidings.order.orchestration;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;

import io.tidings.bus.EventBus;
import io.tidings.bus.outbox.Outbox;
import io.tidings.order.domain.Orchestration;
import io.tidings.order.domain.Order;
import io.tidings.order.domain.OrderBook;
import io.tidings.order.domain.OrderNews;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Carries out what {@link SagaState#decide} decides: keeps the saga, sends the commands, and lets the order end. All of it
 * is one transaction, under the lock of the order.
 */
@Service
@Transactional
public class Orchestrator implements Orchestration {

    private static final Logger log = LoggerFactory.getLogger(Orchestrator.class);

    private final Sagas sagas;
    private final Overdue overdue;
    private final OrderBook book;
    private final EventBus eventBus;
    private final ObjectProvider<Outbox> outbox;
    private final OrchestrationProperties properties;

    Orchestrator(
            Sagas sagas,
            Overdue overdue,
            OrderBook book,
            EventBus eventBus,
            ObjectProvider<Outbox> outbox,
            OrchestrationProperties properties) {
        this.sagas = sagas;
        this.overdue = overdue;
        this.book = book;
        this.eventBus = eventBus;
        this.outbox = outbox;
        this.properties = properties;
    }

    @Override
    public void begin(Order order) {
        SagaDecision decision = SagaState.begin();
        sagas.save(new Saga(order.id(), decision.saga(), Instant.now(), properties.answerWithin()));
        send(decision.requests(), order);
    }

    @Override
    public void callOff(Order order, String reason) {
        sagas.findById(order.id()).ifPresent(saga -> hear(saga, new SagaNews.Canceled(reason)));
    }

    /** Loads the sagas of orders that are locked already. */
    public void prepare(Collection<UUID> orderIds) {
        sagas.load(orderIds.toArray(UUID[]::new));
    }

    /** Tells a saga the news. Orders that have none don't mind. */
    public void hear(UUID orderId, SagaNews news) {
        sagas.findById(orderId).ifPresent(saga -> hear(saga, news));
    }

    private void hear(Saga saga, SagaNews news) {
        SagaState before = saga.state();
        SagaDecision decision = SagaState.decide(before, news, properties.attempts());
        SagaState after = decision.saga();
        saga.change(after, Instant.now(), properties.answerWithin());
        if (!decision.requests().isEmpty()) {
            send(decision.requests(), book.find(saga.orderId()).orElseThrow());
        }
        if (after.step() != before.step()) {
            ending(after).ifPresent(ending -> book.hear(saga.orderId(), ending));
        }
        if (news instanceof SagaNews.NoAnswer) {
            log.warn(
                    "{} has not answered to attempt {} at {} order {}: {}. Look at its health and its dead letters.",
                    SagaState.serviceAsked(before.step()),
                    before.attempts(),
                    before.step(),
                    saga.orderId(),
                    after.step() == before.step() ? "it is asked again" : "on to " + after.step());
        }
    }

    private static Optional<OrderNews> ending(SagaState saga) {
        return switch (saga.step()) {
            case COMPLETED -> Optional.of(new OrderNews.Shipped());
            // An order that was canceled has ended already, and does not mind.
            case COMPENSATED -> Optional.of(new OrderNews.GivenUp(Objects.requireNonNull(saga.reason())));
            case RESERVING, PAYING, SHIPPING, CANCELING_SHIPMENT, REFUNDING, RELEASING -> Optional.empty();
        };
    }

    private void send(List<Request> requests, Order order) {
        requests.forEach(request -> eventBus.send(request.of(order)));
    }

    /**
     * Tells sagas that nobody has answered in time, so many at most; returns how many there were. A request that still waits
     * in the outbox, since the broker is away, is slower than it is asked, or refuses its key, was asked of nobody: the time
     * to answer it begins anew, and it is not sent again.
     */
    int tellOverdue(int limit) {
        Instant now = Instant.now();
        List<UUID> late = overdue.find(now, limit);
        Set<UUID> unasked = unasked(late);
        overdue.postpone(unasked, now, now.plus(properties.answerWithin()));
        List<UUID> unanswered =
                overdue.lock(late.stream().filter(not(unasked::contains)).toList());
        // Read after the lock was taken: the answer may have come in between.
        sagas.load(unanswered.toArray(UUID[]::new)).stream()
                .filter(saga -> saga.isOverdue(now))
                .forEach(saga -> saga.flow().run(() -> hear(saga, new SagaNews.NoAnswer())));
        return unasked.size() + unanswered.size();
    }

    /** Those whose request has not left; none within one process, where messages leave with the commit. */
    private Set<UUID> unasked(Collection<UUID> orderIds) {
        Set<String> keys = orderIds.stream().map(UUID::toString).collect(toSet());
        return outbox.stream()
                .filter(waiting -> !keys.isEmpty())
                .flatMap(waiting -> waiting.unsent(keys).stream())
                .map(UUID::fromString)
                .collect(toSet());
    }

    @Transactional(readOnly = true)
    public Optional<Saga> find(UUID orderId) {
        Optional<Saga> saga = sagas.findById(orderId);
        saga.ifPresent(Saga::stepsTaken); // read while the transaction is open
        return saga;
    }
}
