/** How messages find their handlers, and what happens when a handler fails. */
@NullMarked
package io.tidings.bus.handling;

import org.jspecify.annotations.NullMarked;
