/** What callers may ask over HTTP. */
@NullMarked
package io.tidings.warehouse.api;

import org.jspecify.annotations.NullMarked;
