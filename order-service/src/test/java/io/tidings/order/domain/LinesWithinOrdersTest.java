package io.tidings.order.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.OnInfrastructure;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** Lines had a table of their own before version 8 of the database. */
@OnInfrastructure(Part.POSTGRES)
class LinesWithinOrdersTest {

    private final DataSource dataSource = of(Infrastructure.shared().database("lines-within-orders"));
    private final JdbcClient jdbc = JdbcClient.create(dataSource);

    @Test
    void orders_of_before_keep_their_lines_and_their_order() {
        // given
        migrate("7");
        UUID order = placed();
        UUID withoutLines = placed();
        line(order, 1, "teapot", 2, 2_500);
        line(order, 0, "kettle", 1, 9_000_000_000L);
        // when
        migrate("8");
        // then
        assertThat(lines(order))
                .containsExactly(new PricedLine("kettle", 1, 9_000_000_000L), new PricedLine("teapot", 2, 2_500));
        assertThat(lines(withoutLines)).isEmpty();
    }

    private UUID placed() {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                insert into orders (id, user_id, status, fulfilment, total_minor, currency, placed_at, version)
                values (?, ?, 'PLACED', 'CHOREOGRAPHY', 100, 'USD', now(), 0)
                """).params(id, UUID.randomUUID()).update();
        return id;
    }

    private void line(UUID order, int position, String sku, int quantity, long unitPriceMinor) {
        jdbc.sql("""
                insert into order_line (order_id, position, sku, quantity, unit_price_minor) values (?, ?, ?, ?, ?)
                """).params(order, position, sku, quantity, unitPriceMinor).update();
    }

    private PricedLine[] lines(UUID order) {
        String json = jdbc.sql("select lines from orders where id = ?")
                .param(order)
                .query(String.class)
                .single();
        return JsonMapper.shared().readValue(json, PricedLine[].class);
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/order-service")
                .target(version)
                .load()
                .migrate();
    }

    private static DataSource of(DatabaseAccess database) {
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }
}
