package io.tidings.audit.domain.flow;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Clockwork;
import java.time.Instant;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Lets the {@link FlowWatch} look, again and again. */
@Component
@EnableConfigurationProperties(FlowProperties.class)
class FlowClockwork extends Clockwork {

    private final FlowWatch watch;

    FlowClockwork(FlowWatch watch, BusStatus status, FlowProperties properties) {
        super("watch over the flows", properties.firstCheck(), properties.checkInterval(), status);
        this.watch = watch;
    }

    @Override
    protected boolean turn() {
        watch.check(Instant.now());
        return false;
    }
}
