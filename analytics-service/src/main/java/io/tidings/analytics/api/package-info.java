/** What callers may ask over HTTP. */
@NullMarked
package io.tidings.analytics.api;

import org.jspecify.annotations.NullMarked;
