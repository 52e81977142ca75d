package io.tidings.bus;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
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
     * @param column what a row has there: for {@code uuid} a {@link UUID}, for {@code bigint} a {@link Long}, for {@code
     *     int} an {@link Integer}, for {@code bytea} an array of bytes, and for other types what writes itself as
     *     PostgreSQL reads it
     */
    public void bind(int parameter, String type, Function<? super T, ? extends @Nullable Object> column)
            throws SQLException {
        switch (type) {
            case "uuid" ->
                statement.setArray(parameter, UuidArray.of(values(column, UUID[]::new), statement.getConnection()));
            case "text" -> bindArray(parameter, type, values(column, String[]::new));
            case "bigint" -> bindArray(parameter, type, values(column, Long[]::new));
            case "int" -> bindArray(parameter, type, values(column, Integer[]::new));
            case "bytea" -> bindArray(parameter, type, values(column, byte[][]::new));
            default -> bindArray(parameter, type, values(column, Object[]::new));
        }
    }

    /** The driver sends arrays of these classes in binary form, and writes all others as one long text. */
    private void bindArray(int parameter, String type, @Nullable Object[] values) throws SQLException {
        statement.setArray(parameter, statement.getConnection().createArrayOf(type, values));
    }

    private <V> V[] values(Function<? super T, ? extends @Nullable Object> column, IntFunction<V[]> array) {
        return rows.stream().map(column).toArray(array);
    }
}
