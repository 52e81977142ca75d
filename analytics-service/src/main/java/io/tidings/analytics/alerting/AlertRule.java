package io.tidings.analytics.alerting;

import io.tidings.events.notification.Severity;
import java.time.Instant;

/** Something that is looked at again and again. */
interface AlertRule {

    /** Such as {@code PaymentFailureRate}. */
    String name();

    Severity severity();

    Vigilance.Thresholds thresholds();

    Measurement measure(Instant now);
}
