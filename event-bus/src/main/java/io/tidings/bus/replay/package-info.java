/** How a service is rebuilt from the messages of the past. */
@NullMarked
package io.tidings.bus.replay;

import org.jspecify.annotations.NullMarked;
