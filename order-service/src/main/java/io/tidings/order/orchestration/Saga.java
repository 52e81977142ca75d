package io.tidings.order.orchestration;

import io.tidings.bus.flow.Flow;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** The orchestration of an order as it is kept. Who changes it has the lock of the order. */
@Entity
public class Saga implements Persistable<UUID> {

    @Id
    private UUID orderId;

    @Enumerated(EnumType.STRING)
    private SagaStep step;

    private int attempts;
    private @Nullable Instant deadline;
    private @Nullable String reason;
    private String correlationId;
    private @Nullable String causationId;
    private String traceparent;

    @ElementCollection
    @CollectionTable(name = "saga_step", joinColumns = @JoinColumn(name = "order_id"))
    @OrderColumn(name = "position")
    @BatchSize(size = 2_000)
    private List<StepTaken> stepsTaken = new ArrayList<>();

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Saga() {}

    Saga(UUID orderId, SagaState state, Instant now, Duration answerWithin) {
        this.orderId = orderId;
        this.step = state.step();
        become(state, now, answerWithin);
        stepsTaken.add(new StepTaken(step, now, attempts));
    }

    SagaState state() {
        return new SagaState(step, attempts, reason);
    }

    /** Takes a decision over; a request that was sent has this long to be answered. */
    void change(SagaState next, Instant now, Duration answerWithin) {
        SagaState before = state();
        if (next.equals(before)) {
            return;
        }
        become(next, now, answerWithin);
        if (next.step() != before.step()) {
            stepsTaken.add(new StepTaken(step, now, attempts));
        } else {
            StepTaken last = stepsTaken.getLast();
            stepsTaken.set(stepsTaken.size() - 1, new StepTaken(step, last.beganAt(), attempts));
        }
    }

    private void become(SagaState next, Instant now, Duration answerWithin) {
        step = next.step();
        attempts = next.attempts();
        reason = next.reason();
        deadline = next.waits() ? now.plus(answerWithin) : null;
        Flow flow = Flow.current();
        correlationId = flow.correlationId();
        causationId = flow.causationId();
        traceparent = flow.traceParent().toString();
    }

    /** The flow in which it came to where it stands; what follows from silence belongs to it too. */
    Flow flow() {
        return Flow.resume(correlationId, causationId, traceparent);
    }

    boolean isOverdue(Instant now) {
        return deadline != null && !deadline.isAfter(now);
    }

    @Override
    public UUID getId() {
        return orderId;
    }

    /** Spring Data would find it out too, by an exception for each saga: the version has no getter. */
    @Override
    public boolean isNew() {
        return version == null;
    }

    public UUID orderId() {
        return orderId;
    }

    public SagaStep step() {
        return step;
    }

    /** How often the request of the current step was sent. */
    public int attempts() {
        return attempts;
    }

    /** When the answer must be there; empty if none is waited for. */
    public Optional<Instant> deadline() {
        return Optional.ofNullable(deadline);
    }

    /** Why it goes, or went, backward. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** In the order in which they were taken. */
    public List<StepTaken> stepsTaken() {
        return List.copyOf(stepsTaken);
    }
}
