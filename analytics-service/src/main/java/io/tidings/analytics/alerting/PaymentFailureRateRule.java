package io.tidings.analytics.alerting;

import io.tidings.analytics.domain.Buckets;
import io.tidings.analytics.domain.Figures;
import io.tidings.analytics.domain.Metric.Count;
import io.tidings.analytics.domain.Range;
import io.tidings.events.notification.Severity;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Too many payments fail. Too few to tell count as none: whatever comes after a silence is an incident of its own. */
@Component
class PaymentFailureRateRule implements AlertRule {

    private final Buckets buckets;
    private final AlertProperties.PaymentFailureRate properties;

    PaymentFailureRateRule(Buckets buckets, AlertProperties properties) {
        this.buckets = buckets;
        this.properties = properties.paymentFailureRate();
    }

    @Override
    public String name() {
        return "PaymentFailureRate";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Vigilance.Thresholds thresholds() {
        return properties.thresholds();
    }

    @Override
    public Measurement measure(Instant now) {
        Map<String, Long> totals = buckets.totals(Range.lastMinutes(properties.window(), now));
        long failed = totals.getOrDefault(Count.PAYMENTS_FAILED.label(), 0L);
        long tried = failed + totals.getOrDefault(Count.PAYMENTS_PROCESSED.label(), 0L);
        double rate = tried < properties.minimum() ? 0 : Figures.rate(failed, tried - failed);
        return new Measurement(
                rate,
                String.format(
                        Locale.ROOT,
                        "%d of %d payments failed within %d minutes, which is %.0f %%; %.0f %% are borne.",
                        failed,
                        tried,
                        properties.window().toMinutes(),
                        100 * rate,
                        100 * properties.raiseAbove()));
    }
}
