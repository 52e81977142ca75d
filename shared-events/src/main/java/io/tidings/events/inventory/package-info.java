/** What happens to the stock that an order needs, as warehouse-service tells it. */
@NullMarked
package io.tidings.events.inventory;

import org.jspecify.annotations.NullMarked;
