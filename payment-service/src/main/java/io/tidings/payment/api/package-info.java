/** What callers may ask over HTTP. */
@NullMarked
package io.tidings.payment.api;

import org.jspecify.annotations.NullMarked;
