package io.tidings.bus.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.bus.ExpiringTable;
import io.tidings.bus.notes.BusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@BusTest
class CleanerTest {

    private record Table(String table, String since) implements ExpiringTable {}

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    BusStatus status;

    @Test
    void a_table_that_cannot_be_cleaned_is_told_and_keeps_no_other_from_being_cleaned() {
        jdbc.execute("create table visit (since timestamptz not null)");
        jdbc.execute("insert into visit values (now() - interval '1 year'), (now())");
        Cleaner cleaner = new Cleaner(
                jdbc,
                Duration.ofDays(14),
                List.of(new Table("not_there", "since"), new Table("visit", "since")),
                status);

        assertThatThrownBy(cleaner::clean).hasMessageContaining("Old rows of not_there could not be deleted");
        assertThat(jdbc.queryForObject("select count(*) from visit", Long.class))
                .isEqualTo(1);
    }

    @Test
    void a_service_that_never_runs_for_an_hour_is_cleaned_too() {
        assertThat(Cleaner.first()).isLessThan(Duration.ofMinutes(5));
    }
}
