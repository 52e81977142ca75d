/** What happens to the shipment of an order, as shipping-service tells it. */
@NullMarked
package io.tidings.events.shipment;

import org.jspecify.annotations.NullMarked;
