/** What callers may ask over HTTP. */
@NullMarked
package io.tidings.audit.api;

import org.jspecify.annotations.NullMarked;
