package io.tidings.audit.domain;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds many rows as one array for each column, so that they are one statement however many they are. */
public final class Columns {

    private Columns() {}

    /** @param type of the column in the database, such as {@code text} */
    public static <T> void bind(
            PreparedStatement statement, int parameter, String type, List<T> rows, Function<T, @Nullable Object> column)
            throws SQLException {
        statement.setArray(
                parameter,
                statement
                        .getConnection()
                        .createArrayOf(type, rows.stream().map(column).toArray()));
    }

    static <T> void bindBytes(PreparedStatement statement, int parameter, List<T> rows, Function<T, byte[]> column)
            throws SQLException {
        statement.setArray(
                parameter,
                statement
                        .getConnection()
                        .createArrayOf("bytea", rows.stream().map(column).toArray(byte[][]::new)));
    }
}
