/** A Kafka listener with an inbox, a record at a time, as most samples have it. */
@NullMarked
package io.tidings.benchmarks.usual;

import org.jspecify.annotations.NullMarked;
