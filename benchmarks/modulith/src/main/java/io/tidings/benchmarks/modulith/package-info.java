/** Spring Modulith, which externalizes events to Kafka. */
@NullMarked
package io.tidings.benchmarks.modulith;

import org.jspecify.annotations.NullMarked;
