/** Knows the products and what is in stock of each. */
@NullMarked
package io.tidings.warehouse;

import org.jspecify.annotations.NullMarked;
