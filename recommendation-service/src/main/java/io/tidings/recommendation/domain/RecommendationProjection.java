package io.tidings.recommendation.domain;

import io.tidings.bus.Projection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All that is here was told by others, or follows from it, and can be told again. */
@Component
class RecommendationProjection implements Projection {

    private final JdbcClient jdbc;

    RecommendationProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<String> tables() {
        return Set.of(
                "product_copy", "shopper", "order_copy", "purchase", "item_count", "co_purchase", "recommendations");
    }

    /**
     * What was recommended in the middle of a replay was recommended without knowing the rest. So none is kept: each user's
     * are calculated when they are asked for, and kept again with the user's next change.
     */
    @Override
    public void rebuilt() {
        jdbc.sql("delete from recommendations").update();
    }
}
