package io.tidings.allinone;

import io.tidings.analytics.AnalyticsServiceApplication;
import io.tidings.audit.AuditServiceApplication;
import io.tidings.email.EmailServiceApplication;
import io.tidings.gateway.GatewayApplication;
import io.tidings.order.OrderServiceApplication;
import io.tidings.payment.PaymentServiceApplication;
import io.tidings.recommendation.RecommendationServiceApplication;
import io.tidings.search.SearchServiceApplication;
import io.tidings.shipping.ShippingServiceApplication;
import io.tidings.user.UserServiceApplication;
import io.tidings.warehouse.WarehouseServiceApplication;
import java.util.List;
import java.util.stream.Stream;

/** A service that runs here: its name, which is also that of its settings, and its Spring Boot application. */
record Service(String name, Class<?> application) {

    /** The one door. It has no database. */
    static final Service GATEWAY = new Service("gateway", GatewayApplication.class);

    /** All behind the gateway. */
    static final List<Service> BEHIND_THE_GATEWAY = List.of(
            new Service("user-service", UserServiceApplication.class),
            new Service("order-service", OrderServiceApplication.class),
            new Service("payment-service", PaymentServiceApplication.class),
            new Service("warehouse-service", WarehouseServiceApplication.class),
            new Service("shipping-service", ShippingServiceApplication.class),
            new Service("email-service", EmailServiceApplication.class),
            new Service("analytics-service", AnalyticsServiceApplication.class),
            new Service("audit-service", AuditServiceApplication.class),
            new Service("search-service", SearchServiceApplication.class),
            new Service("recommendation-service", RecommendationServiceApplication.class));

    /** The gateway too. */
    static final List<Service> ALL =
            Stream.concat(BEHIND_THE_GATEWAY.stream(), Stream.of(GATEWAY)).toList();

    @Override
    public String toString() {
        return name;
    }
}
