package io.tidings.recommendation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Most batches tell of some things only. */
class NoNewsTest {

    /** Nothing that is asked of it is answered. */
    private final JdbcClient nowhere = JdbcClient.create(new DriverManagerDataSource("jdbc:nowhere"));

    @Test
    void of_users_of_whom_nothing_was_told_the_database_is_not_asked() {
        Shoppers shoppers = new Shoppers(nowhere);

        assertThat(shoppers.lock(List.of())).isEmpty();
        assertThat(shoppers.update(List.of())).isEmpty();
    }

    @Test
    void of_orders_of_which_nothing_was_told_the_database_is_not_asked() {
        OrderHistory orders = new OrderHistory(nowhere);

        assertThat(orders.add(List.of(), List.of())).isEmpty();
        orders.forget(List.of());
    }
}
