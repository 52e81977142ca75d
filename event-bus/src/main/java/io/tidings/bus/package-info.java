/** All that a user of the bus needs to know: publish, handle, and what may go wrong. */
@NullMarked
package io.tidings.bus;

import org.jspecify.annotations.NullMarked;
