/** Counts what happens, and raises an alert when it goes wrong. */
@NullMarked
package io.tidings.analytics;

import org.jspecify.annotations.NullMarked;
