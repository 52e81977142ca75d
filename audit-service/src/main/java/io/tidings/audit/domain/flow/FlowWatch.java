package io.tidings.audit.domain.flow;

import io.tidings.bus.EventBus;
import io.tidings.bus.TimeOrderedId;
import io.tidings.events.notification.AlertRaised;
import io.tidings.events.notification.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Raises an alert for each flow that should have ended. That it was raised is noted in the same transaction, and what has
 * ended never begins again, so a flow is told of once, whoever dies when. Many at once are one incident, and one alert.
 */
@Component
class FlowWatch {

    static final String RULE = "FlowStalled";

    private static final Logger log = LoggerFactory.getLogger(FlowWatch.class);
    private static final int ALERTS_OF_ONE_LOOK = 10;
    private static final int TAKEN_AT_ONCE = 10_000;

    private final FlowLedger ledger;
    private final EventBus eventBus;
    private final TransactionTemplate transactions;
    private final Duration stalledAfter;

    FlowWatch(FlowLedger ledger, EventBus eventBus, TransactionTemplate transactions, FlowProperties properties) {
        this.ledger = ledger;
        this.eventBus = eventBus;
        this.transactions = transactions;
        this.stalledAfter = properties.stalledAfter();
    }

    void check(Instant now) {
        transactions.executeWithoutResult(transaction -> {
            List<FlowLedger.Stalled> stalled = ledger.takeStalled(now.minus(stalledAfter), TAKEN_AT_ONCE);
            if (stalled.size() > ALERTS_OF_ONE_LOOK) {
                raise(summaryOf(stalled));
            } else {
                stalled.forEach(one -> raise(evidenceOf(one)));
            }
        });
    }

    private String evidenceOf(FlowLedger.Stalled stalled) {
        return "Flow %s began %s at %s and has not ended after %d s: the %s is open. GET /flows/%s shows how far it came."
                .formatted(
                        stalled.correlationId(),
                        stalled.key(),
                        stalled.begunAt(),
                        stalledAfter.toSeconds(),
                        stalled.open().stream().map(Obligation::word).collect(Collectors.joining(", the ")),
                        stalled.correlationId());
    }

    private String summaryOf(List<FlowLedger.Stalled> stalled) {
        Instant oldest = stalled.stream()
                .map(FlowLedger.Stalled::begunAt)
                .min(Instant::compareTo)
                .orElseThrow();
        return "%d flows that began since %s have not ended after %d s. GET /flows?state=stalled lists them."
                .formatted(stalled.size(), oldest, stalledAfter.toSeconds());
    }

    private void raise(String evidence) {
        eventBus.publish(new AlertRaised(TimeOrderedId.next(), RULE, Severity.WARNING, evidence));
        log.warn("{}: {}", RULE, evidence);
    }
}
