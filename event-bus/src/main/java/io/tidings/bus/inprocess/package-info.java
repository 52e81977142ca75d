/** How messages travel without Kafka, inside one process. */
@NullMarked
package io.tidings.bus.inprocess;

import org.jspecify.annotations.NullMarked;
