/** What callers may ask over HTTP. */
@NullMarked
package io.tidings.search.api;

import org.jspecify.annotations.NullMarked;
