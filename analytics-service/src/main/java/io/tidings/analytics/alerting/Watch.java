package io.tidings.analytics.alerting;

import io.tidings.analytics.alerting.Vigilance.Armed;
import io.tidings.analytics.alerting.Vigilance.Calming;
import io.tidings.analytics.alerting.Vigilance.Decision;
import io.tidings.bus.EventBus;
import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.replay.ReplayGate;
import io.tidings.events.notification.AlertRaised;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at the rules. What a rule remembers, its alert and the message that tells of it are one transaction, so that an
 * incident is told of once, whoever dies when. While the figures are made again by a replay they stand still, and an
 * incident that goes on would seem to be over, and then to begin anew: so nothing is looked at until that is done.
 */
@Component
class Watch {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private final List<AlertRule> rules;
    private final Alerts alerts;
    private final EventBus eventBus;
    private final TransactionTemplate transactions;
    private final ReplayGate gate;

    Watch(List<AlertRule> rules, Alerts alerts, EventBus eventBus, TransactionTemplate transactions, ReplayGate gate) {
        this.rules = rules;
        this.alerts = alerts;
        this.eventBus = eventBus;
        this.transactions = transactions;
        this.gate = gate;
    }

    void check(Instant now) {
        rules.forEach(rule -> transactions.executeWithoutResult(transaction -> {
            if (gate.isOpen()) {
                check(rule, now);
            }
        }));
    }

    private void check(AlertRule rule, Instant now) {
        Vigilance before = alerts.lock(rule.name());
        Measurement measurement = rule.measure(now);
        Decision decision = Vigilance.decide(before, measurement.value(), rule.thresholds(), now, TimeOrderedId.next());
        if (decision.next().equals(before)) {
            return;
        }
        alerts.remember(rule.name(), decision.next());
        if (decision.raise() && decision.next() instanceof Vigilance.Raised raised) {
            raise(new Alert(raised.alertId(), rule.name(), rule.severity(), measurement.evidence(), now, null));
        } else if (decision.next() instanceof Armed && before instanceof Calming over) {
            alerts.end(over.alertId(), now);
            log.info("{}: the incident of alert {} is over.", rule.name(), over.alertId());
        }
    }

    private void raise(Alert alert) {
        alerts.add(alert);
        eventBus.publish(new AlertRaised(alert.alertId(), alert.rule(), alert.severity(), alert.evidence()));
        log.warn("{} ({}): {}", alert.rule(), alert.severity(), alert.evidence());
    }
}
