/** What callers may ask over HTTP. */
@NullMarked
package io.tidings.recommendation.api;

import org.jspecify.annotations.NullMarked;
