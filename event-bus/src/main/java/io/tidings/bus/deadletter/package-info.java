/** Where messages wait that could not be handled, and those of the same key behind them. */
@NullMarked
package io.tidings.bus.deadletter;

import org.jspecify.annotations.NullMarked;
