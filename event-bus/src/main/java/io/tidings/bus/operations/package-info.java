/** How operators see what the bus is doing. */
@NullMarked
package io.tidings.bus.operations;

import org.jspecify.annotations.NullMarked;
