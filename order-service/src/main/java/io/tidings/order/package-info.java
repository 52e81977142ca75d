/** Takes orders and knows what became of them. */
@NullMarked
package io.tidings.order;

import org.jspecify.annotations.NullMarked;
