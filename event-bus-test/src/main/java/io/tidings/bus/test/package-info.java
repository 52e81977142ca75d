/** For tests of a service on the event bus. */
@NullMarked
package io.tidings.bus.test;

import org.jspecify.annotations.NullMarked;
