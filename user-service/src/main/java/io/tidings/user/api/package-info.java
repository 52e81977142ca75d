/** What callers may ask over HTTP. */
@NullMarked
package io.tidings.user.api;

import org.jspecify.annotations.NullMarked;
