package io.tidings.warehouse.domain;

import io.tidings.events.Fulfilment;

/**
 * How far the reservation of an order has come.
 *
 * @param fulfilment who has it released if the order is canceled
 */
record Standing(ReservationStatus status, Fulfilment fulfilment) {}
