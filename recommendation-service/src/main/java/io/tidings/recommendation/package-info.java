/** Recommends products from what was ordered together, what users like and what is popular. */
@NullMarked
package io.tidings.recommendation;

import org.jspecify.annotations.NullMarked;
