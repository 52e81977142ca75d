package io.tidings.analytics.alerting;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Clockwork;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Lets the {@link Watch} look at the rules, again and again. */
@Component
@EnableConfigurationProperties(AlertProperties.class)
class AlertClockwork extends Clockwork {

    private final Watch watch;

    AlertClockwork(Watch watch, BusStatus status, AlertProperties properties) {
        super("watch over the alert rules", Duration.ZERO, properties.checkInterval(), status);
        this.watch = watch;
    }

    @Override
    protected boolean turn() {
        watch.check(Instant.now());
        return false;
    }
}
