package io.tidings.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.bus.notes.BusTest;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The bus moves into an application that has tables already. */
@BusTest
class ForeignTableTest {

    private final String schema =
            "of_an_application_" + UUID.randomUUID().toString().replace('-', '_');

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource dataSource;

    @BeforeEach
    void create() {
        jdbc.execute("create schema %s".formatted(schema));
    }

    @AfterEach
    void drop() {
        jdbc.execute("drop schema %s cascade".formatted(schema));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    outbox          | id uuid, aggregatetype text, aggregateid text, type text, payload jsonb
                    inbox           | id uuid
                    idempotency_key | id bytea, answer text
                    dead_letter     | id uuid, payload bytea
                    """)
    void a_table_of_the_same_name_stops_the_migration_before_anything_is_changed(String table, String columns) {
        jdbc.execute("create table %s.%s (%s)".formatted(schema, table, columns));

        assertThatThrownBy(this::migrate)
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining(
                        "There is a table %s.%s that the event bus did not make".formatted(schema, table));

        assertThat(tables()).isEqualTo(1);
        assertThat(jdbc.queryForObject(
                        "select count(*) from information_schema.columns where table_schema = ? and table_name = ?",
                        Integer.class,
                        schema,
                        table))
                .isEqualTo(columns.split(",").length);
    }

    @Test
    void tables_of_other_names_are_left_as_they_are_and_the_script_may_run_again() {
        jdbc.execute("create table %s.note (id uuid)".formatted(schema));

        migrate();
        jdbc.execute("delete from %s.flyway_schema_history".formatted(schema)); // so that it runs again
        migrate();

        assertThat(tables()).isEqualTo(8);
    }

    private int tables() {
        return jdbc.queryForObject(
                "select count(*) from pg_tables where schemaname = ? and tablename not like 'flyway%'",
                Integer.class, schema);
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(schema)
                .locations("classpath:db/event-bus")
                .baselineOnMigrate(true)
                .load()
                .migrate();
    }
}
