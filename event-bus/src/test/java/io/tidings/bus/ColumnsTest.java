package io.tidings.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.notes.BusTest;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@BusTest
class ColumnsTest {

    private static final String ROWS = """
            select * from unnest(?::uuid[], ?::text[], ?::bigint[], ?::int[], ?::boolean[], ?::timestamptz[], ?::bytea[])
                with ordinality as line (id, text, much, little, yes, at, bytes, position)
            order by position
            """;

    private record Line(
            @Nullable UUID id,
            @Nullable String text,
            @Nullable Long much,
            @Nullable Integer little,
            @Nullable Boolean yes,
            @Nullable Instant at,
            byte @Nullable [] bytes) {

        static Line of(String text) {
            return new Line(
                    UUID.randomUUID(),
                    text,
                    Long.MAX_VALUE,
                    -1,
                    true,
                    Instant.parse("2026-11-28T12:00:00.123456Z"),
                    text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void rows_come_out_as_they_went_in_whatever_is_in_a_text() {
        List<Line> lines = List.of(
                Line.of("plain"),
                Line.of(""),
                Line.of("NULL"),
                Line.of("{\"quoted\", and \\ escaped}"),
                Line.of("Grüße 🎁\nand a second line"),
                new Line(null, null, null, null, null, null, null));

        assertThat(through(lines)).usingRecursiveFieldByFieldElementComparator().isEqualTo(lines);
    }

    @Test
    void there_may_be_no_rows() {
        assertThat(through(List.of())).isEmpty();
    }

    private List<Line> through(List<Line> lines) {
        List<Line> come = new ArrayList<>();
        jdbc.query(
                ROWS,
                (PreparedStatement statement) -> {
                    Columns<Line> columns = new Columns<>(statement, lines);
                    columns.bind(1, "uuid", Line::id);
                    columns.bind(2, "text", Line::text);
                    columns.bind(3, "bigint", Line::much);
                    columns.bind(4, "int", Line::little);
                    columns.bind(5, "boolean", Line::yes);
                    columns.bind(6, "timestamptz", Line::at);
                    columns.bind(7, "bytea", Line::bytes);
                },
                row -> {
                    come.add(new Line(
                            row.getObject("id", UUID.class),
                            row.getString("text"),
                            row.getObject("much", Long.class),
                            row.getObject("little", Integer.class),
                            row.getObject("yes", Boolean.class),
                            row.getTimestamp("at") == null
                                    ? null
                                    : row.getTimestamp("at").toInstant(),
                            row.getBytes("bytes")));
                });
        return come;
    }
}
