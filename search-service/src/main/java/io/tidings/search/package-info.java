/** Finds users and products by words, in copies of its own. */
@NullMarked
package io.tidings.search;

import org.jspecify.annotations.NullMarked;
