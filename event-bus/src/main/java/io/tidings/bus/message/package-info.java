/** How messages look on their way: envelopes, CloudEvents headers, JSON. */
@NullMarked
package io.tidings.bus.message;

import org.jspecify.annotations.NullMarked;
