package io.tidings.analytics.domain;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Many rows as the parameters of one statement: an array for each column. */
record Columns<T>(PreparedStatement statement, Collection<T> rows) {

    /** @param type of the column, in PostgreSQL's words */
    void bind(int parameter, String type, Function<T, @Nullable Object> column) throws SQLException {
        statement.setArray(
                parameter,
                statement
                        .getConnection()
                        .createArrayOf(type, rows.stream().map(column).toArray()));
    }
}
