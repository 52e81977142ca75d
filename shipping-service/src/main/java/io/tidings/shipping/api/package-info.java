/** What callers may ask over HTTP. */
@NullMarked
package io.tidings.shipping.api;

import org.jspecify.annotations.NullMarked;
