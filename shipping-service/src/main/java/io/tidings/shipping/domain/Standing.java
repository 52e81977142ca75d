package io.tidings.shipping.domain;

import io.tidings.events.Fulfilment;

/**
 * How far the shipment of an order has come.
 *
 * @param fulfilment who calls it back if the order is canceled
 */
record Standing(ShipmentStatus status, Fulfilment fulfilment) {}
