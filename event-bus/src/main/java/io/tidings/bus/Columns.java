package io.tidings.bus;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Many rows as the parameters of one statement, an array for each column, which {@code unnest} makes rows again. This is
 * how a {@link BeforeBatch} method writes a batch: one round trip, and one statement to plan, however many rows there are.
 *
 * @param statement that has them as parameters, such as {@code select * from unnest(?::uuid[], ?::text[])}
 * @param rows in the order in which they are to come out
 */
public record Columns<T>(PreparedStatement statement, Collection<T> rows) {

    /**
     * Binds a column.
     *
     * @param parameter of the statement, from 1
     * @param type of the column in PostgreSQL's words, such as {@code text}
     * @param column what a row has there: for {@code bigint} a {@link Long}, for {@code int} an {@link Integer}, for
     *     {@code bytea} an array of bytes, and for other types what writes itself as PostgreSQL reads it
     */
    public void bind(int parameter, String type, Function<? super T, ? extends @Nullable Object> column)
            throws SQLException {
        statement.setArray(parameter, array(type, column));
    }

    /** The driver sends arrays of some classes in binary form, and writes all others as one long text. */
    private Array array(String type, Function<? super T, ? extends @Nullable Object> column) throws SQLException {
        Object[] values = rows.stream().map(column).toArray(length -> switch (type) {
            case "text" -> new String[length];
            case "bigint" -> new Long[length];
            case "int" -> new Integer[length];
            case "bytea" -> new byte[length][];
            default -> new Object[length];
        });
        return statement.getConnection().createArrayOf(type, values);
    }
}
