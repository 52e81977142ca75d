package io.tidings.search.domain;

import io.tidings.bus.Projection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All that is here was told by others, and can be told again. */
@Component
class SearchProjection implements Projection {

    private final JdbcClient jdbc;

    SearchProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void wipe() {
        jdbc.sql("truncate user_copy, product_copy").update();
    }
}
