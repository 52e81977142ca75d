/** What happens to orders, as order-service tells it. */
@NullMarked
package io.tidings.events.order;

import org.jspecify.annotations.NullMarked;
