/** Namastack Outbox, with a handler that sends to Kafka. */
@NullMarked
package io.tidings.benchmarks.namastack;

import org.jspecify.annotations.NullMarked;
