package io.tidings.analytics.alerting;

import io.tidings.analytics.domain.Buckets;
import io.tidings.analytics.domain.Metric.Count;
import io.tidings.analytics.domain.Range;
import io.tidings.analytics.domain.Statistics;
import io.tidings.events.notification.Severity;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** A service could not handle a message. The first is an incident, since later messages of its key wait behind it. */
@Component
class DeadLettersRule implements AlertRule {

    private final Buckets buckets;
    private final AlertProperties.DeadLetters properties;

    DeadLettersRule(Buckets buckets, AlertProperties properties) {
        this.buckets = buckets;
        this.properties = properties.deadLetters();
    }

    @Override
    public String name() {
        return "DeadLetters";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Vigilance.Thresholds thresholds() {
        return AlertProperties.atTheFirst(properties.rearmAfter());
    }

    @Override
    public Measurement measure(Instant now) {
        Map<String, Long> totals = new TreeMap<>(buckets.totals(Range.lastMinutes(properties.window(), now)));
        String prefix = Statistics.deadLettersOf("");
        String places = totals.entrySet().stream()
                .filter(total -> total.getKey().startsWith(prefix))
                .map(total ->
                        "%d on %s".formatted(total.getValue(), total.getKey().substring(prefix.length())))
                .collect(Collectors.joining(", "));
        return new Measurement(
                totals.getOrDefault(Count.DEAD_LETTERS.label(), 0L),
                "Dead letters within %d minutes: %s. Their reasons are written on them."
                        .formatted(properties.window().toMinutes(), places.isEmpty() ? "none" : places));
    }
}
