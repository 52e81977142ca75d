/** Debezium, embedded, which reads an outbox table from the log of the database. */
@NullMarked
package io.tidings.benchmarks.debezium;

import org.jspecify.annotations.NullMarked;
