/** Tidings as its README says to use it, and what bounds it from both sides. */
@NullMarked
package io.tidings.benchmarks.tidings;

import org.jspecify.annotations.NullMarked;
