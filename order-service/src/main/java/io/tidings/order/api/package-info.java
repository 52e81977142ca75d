/** What callers may ask over HTTP. */
@NullMarked
package io.tidings.order.api;

import org.jspecify.annotations.NullMarked;
