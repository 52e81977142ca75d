package io.tidings.events;

/** The topics on which services tell each other what happened, and those on which each hears what it is asked to do. */
public final class Topics {

    public static final String USERS = "users";
    public static final String PRODUCTS = "products";
    public static final String ORDERS = "orders";
    public static final String INVENTORY = "inventory";
    public static final String PAYMENTS = "payments";
    public static final String SHIPMENTS = "shipments";
    public static final String NOTIFICATIONS = "notifications";

    public static final String WAREHOUSE_COMMANDS = "warehouse.commands";
    public static final String PAYMENT_COMMANDS = "payment.commands";
    public static final String SHIPPING_COMMANDS = "shipping.commands";

    private Topics() {}
}
