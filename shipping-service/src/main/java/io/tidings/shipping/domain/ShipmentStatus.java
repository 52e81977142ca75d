package io.tidings.shipping.domain;

/** Where the shipment of an order stands. */
public enum ShipmentStatus {
    /** On its way. */
    CREATED,
    /** Called back. */
    CANCELED,
    /** The order was called off before we were to ship it. */
    DECLINED
}
