/** What happens to products, as warehouse-service tells it. */
@NullMarked
package io.tidings.events.product;

import org.jspecify.annotations.NullMarked;
