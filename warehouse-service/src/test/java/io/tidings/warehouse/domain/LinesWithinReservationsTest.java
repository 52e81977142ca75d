package io.tidings.warehouse.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.OnInfrastructure;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** Lines, and what was missing, had tables of their own before version 5 of the database. */
@OnInfrastructure(Part.POSTGRES)
class LinesWithinReservationsTest {

    private final DataSource dataSource = of(Infrastructure.shared().database("lines-within-reservations"));
    private final JdbcClient jdbc = JdbcClient.create(dataSource);

    @Test
    void reservations_of_before_keep_their_lines_and_what_was_missing() {
        // given
        migrate("4");
        UUID reserved = reservation("RESERVED");
        line(reserved, "teapot", 2);
        line(reserved, "kettle", 1);
        UUID rejected = reservation("REJECTED");
        shortage(rejected, 1, "teapot", 5, 1);
        shortage(rejected, 0, "kettle", 3, 0);
        // when
        migrate("5");
        // then
        assertThat(read(reserved, "lines", Map.class)).isEqualTo(Map.of("teapot", 2, "kettle", 1));
        assertThat(read(reserved, "shortages", Shortage[].class)).isEmpty();
        assertThat(read(rejected, "lines", Map.class)).isEmpty();
        assertThat(read(rejected, "shortages", Shortage[].class))
                .containsExactly(new Shortage("kettle", 3, 0), new Shortage("teapot", 5, 1));
    }

    private UUID reservation(String status) {
        UUID orderId = UUID.randomUUID();
        jdbc.sql("""
                insert into reservation (order_id, status, fulfilment, changed_at, version)
                values (?, ?, 'CHOREOGRAPHY', now(), 0)
                """).params(orderId, status).update();
        return orderId;
    }

    private void line(UUID orderId, String sku, int quantity) {
        jdbc.sql("insert into reservation_line (order_id, sku, quantity) values (?, ?, ?)")
                .params(orderId, sku, quantity)
                .update();
    }

    private void shortage(UUID orderId, int position, String sku, int requested, int available) {
        jdbc.sql("""
                insert into reservation_shortage (order_id, position, sku, requested, available) values (?, ?, ?, ?, ?)
                """).params(orderId, position, sku, requested, available).update();
    }

    private <T> T read(UUID orderId, String column, Class<T> type) {
        String json = jdbc.sql("select %s from reservation where order_id = ?".formatted(column))
                .param(orderId)
                .query(String.class)
                .single();
        return JsonMapper.shared().readValue(json, type);
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/warehouse-service")
                .target(version)
                .load()
                .migrate();
    }

    private static DataSource of(DatabaseAccess database) {
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }
}
