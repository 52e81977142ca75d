/** How a service knows what it has handled already. */
@NullMarked
package io.tidings.bus.inbox;

import org.jspecify.annotations.NullMarked;
