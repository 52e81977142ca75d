package io.tidings.bus.replay;

import io.tidings.bus.Projection;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tables of a service's projections a second time, empty at first: the projections are made again there while the first
 * copy is in use. The bus's notes of what was handled go with them, for they must fit what the projections have.
 *
 * <p>The copy is in a schema of its own, in which PostgreSQL looks first for what transactions of a rebuild name without a
 * schema. So handlers need not know where they write. What a crash leaves behind is there for whoever goes on.
 */
public final class SecondCopy {

    private static final List<String> NOTES_OF_THE_BUS = List.of("inbox", "parked_key", "dead_letter");
    private static final String SCHEMA = "quote_ident(current_schema() || '_rebuild')";

    private final JdbcTemplate jdbc;
    private final Set<String> tables;

    public SecondCopy(JdbcTemplate jdbc, List<Projection> projections) {
        this.jdbc = jdbc;
        this.tables = new TreeSet<>(Stream.concat(
                        NOTES_OF_THE_BUS.stream(),
                        projections.stream().flatMap(projection -> projection.tables().stream()))
                .toList());
    }

    /** Transactions that work on the copy, if there is one. */
    public TransactionOperations transactions(TransactionOperations transactions) {
        return new TransactionOperations() {
            @Override
            public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
                return transactions.execute(transaction -> {
                    jdbc.query("""
                            select set_config('search_path', %1$s || ', ' || current_setting('search_path'), true)
                            where to_regnamespace(%1$s) is not null
                            """.formatted(SCHEMA), row -> {});
                    return action.doInTransaction(transaction);
                });
            }
        };
    }

    /** Makes it, empty, in the current transaction. One that is there already is thrown away. */
    void make() {
        discard();
        String first = firstSchema();
        String second = schema();
        jdbc.execute("create schema " + second);
        tables.forEach(table ->
                jdbc.execute("create table %s.%s (like %s.%s including all)".formatted(second, table, first, table)));
    }

    boolean isThere() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select to_regnamespace(%s) is not null".formatted(SCHEMA), Boolean.class));
    }

    /**
     * Puts what it has in the place of what the first copy has, in the current transaction. Until that commits, others see
     * the first as it was, and nobody waits: therefore rows are deleted and written, and tables are not renamed or emptied.
     */
    void takeOver() {
        patiently(() -> {
            String first = firstSchema();
            String second = schema();
            unmarkWhatWasHeard(first, second);
            tables.forEach(table -> takeOver(table, first, second));
        });
        discard();
    }

    /** Of what the first copy has noted without a mark, handlers that the rebuild spared have heard before. */
    private void unmarkWhatWasHeard(String first, String second) {
        jdbc.update("""
                update %2$s.inbox set spared = null
                where spared and event_id in (select event_id from %1$s.inbox where spared is null)
                """.formatted(first, second));
    }

    private void takeOver(String table, String first, String second) {
        String columns = columns(first, table, "attidentity = '' and attgenerated = ''");
        // Numbers are given anew, in their old order: those of the first copy's own sequence go on.
        String numbers = columns(first, table, "attidentity <> ''");
        jdbc.update("delete from %s.%s".formatted(first, table));
        jdbc.update("insert into %s.%s (%s) select %s from %s.%s%s"
                .formatted(
                        first,
                        table,
                        columns,
                        columns,
                        second,
                        table,
                        numbers.isEmpty() ? "" : " order by " + numbers));
    }

    /** Statements over whole tables may take as long as they need, whatever the connection's socket timeout is. */
    private void patiently(Runnable work) {
        jdbc.execute((Connection connection) -> {
            int usual = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, 0);
            work.run();
            connection.setNetworkTimeout(Runnable::run, usual);
            return true;
        });
    }

    /** Throws it away, in the current transaction. */
    void discard() {
        jdbc.execute("drop schema if exists %s cascade".formatted(schema()));
    }

    private String schema() {
        return text("select " + SCHEMA);
    }

    private String firstSchema() {
        return text("select quote_ident(current_schema())");
    }

    private String columns(String schema, String table, String condition) {
        return text("""
                select coalesce(string_agg(quote_ident(attname), ', ' order by attnum), '') from pg_attribute
                where attrelid = '%s.%s'::regclass and attnum > 0 and not attisdropped and %s
                """.formatted(schema, table, condition));
    }

    private String text(String sql) {
        return Objects.requireNonNull(jdbc.queryForObject(sql, String.class));
    }
}
