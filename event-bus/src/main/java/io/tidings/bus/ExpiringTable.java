package io.tidings.bus;

/**
 * A bean that names a table of the service whose rows are needed no longer than the inbox remembers messages. The bus
 * deletes older ones every few minutes.
 */
public interface ExpiringTable {

    /** Its name, without a schema. */
    String table();

    /** The column that says how old a row is; a {@code timestamptz}, better with an index. */
    String since();
}
