/** What callers may ask over HTTP. */
@NullMarked
package io.tidings.email.api;

import org.jspecify.annotations.NullMarked;
