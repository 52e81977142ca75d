package io.tidings.allinone;

import io.tidings.audit.AuditServiceApplication;
import io.tidings.email.EmailServiceApplication;
import io.tidings.gateway.GatewayApplication;
import io.tidings.order.OrderServiceApplication;
import io.tidings.payment.PaymentServiceApplication;
import io.tidings.search.SearchServiceApplication;
import io.tidings.shipping.ShippingServiceApplication;
import io.tidings.user.UserServiceApplication;
import io.tidings.warehouse.WarehouseServiceApplication;
import java.util.List;

/** A service that runs here: its name, which is also that of its settings, and its Spring Boot application. */
record Service(String name, Class<?> application) {

    /** The one door. It starts when all others run, and has no database. */
    static final Service GATEWAY = new Service("gateway", GatewayApplication.class);

    /** All behind the gateway. */
    static final List<Service> BEHIND_THE_GATEWAY = List.of(
            new Service("user-service", UserServiceApplication.class),
            new Service("order-service", OrderServiceApplication.class),
            new Service("payment-service", PaymentServiceApplication.class),
            new Service("warehouse-service", WarehouseServiceApplication.class),
            new Service("shipping-service", ShippingServiceApplication.class),
            new Service("email-service", EmailServiceApplication.class),
            new Service("audit-service", AuditServiceApplication.class),
            new Service("search-service", SearchServiceApplication.class));

    @Override
    public String toString() {
        return name;
    }
}
