/** How requests that come at the same time share a transaction. */
@NullMarked
package io.tidings.bus.sharing;

import org.jspecify.annotations.NullMarked;
