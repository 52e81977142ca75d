/** What happens to the payment of an order, as payment-service tells it. */
@NullMarked
package io.tidings.events.payment;

import org.jspecify.annotations.NullMarked;
