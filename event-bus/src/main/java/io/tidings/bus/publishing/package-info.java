/** How what is published within a transaction is held until it commits. */
@NullMarked
package io.tidings.bus.publishing;

import org.jspecify.annotations.NullMarked;
