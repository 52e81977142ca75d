/** How messages travel between processes. */
@NullMarked
package io.tidings.bus.kafka;

import org.jspecify.annotations.NullMarked;
