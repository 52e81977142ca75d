/** How a message knows which flow it belongs to and what caused it. */
@NullMarked
package io.tidings.bus.flow;

import org.jspecify.annotations.NullMarked;
