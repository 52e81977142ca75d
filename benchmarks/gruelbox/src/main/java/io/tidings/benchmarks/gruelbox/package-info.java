/** Gruelbox Transaction Outbox, which calls a method that sends to Kafka. */
@NullMarked
package io.tidings.benchmarks.gruelbox;

import org.jspecify.annotations.NullMarked;
