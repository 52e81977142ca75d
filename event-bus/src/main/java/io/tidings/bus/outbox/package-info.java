/** How messages leave a service: written with the change they tell of, sent afterwards, in order. */
@NullMarked
package io.tidings.bus.outbox;

import org.jspecify.annotations.NullMarked;
