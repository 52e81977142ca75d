package io.tidings.analytics.domain;

import io.tidings.bus.Projection;
import java.util.Set;
import org.springframework.stereotype.Component;

/** All figures were made from what others told, and can be made again. Alerts were not: they went out, and stay. */
@Component
class StatisticsProjection implements Projection {

    @Override
    public Set<String> tables() {
        return Set.of("count_bucket", "duration_bucket", "open_order", "counted_answer");
    }

    /** Each message counts, and would count twice. */
    @Override
    public boolean canHearAgain() {
        return false;
    }
}
