package io.tidings.allinone;

import java.util.Locale;

/** Everything that listens, and where it does so unless it is told otherwise. */
enum Port {
    GATEWAY(8080),
    USER_SERVICE(8081),
    ORDER_SERVICE(8082),
    PAYMENT_SERVICE(8083),
    WAREHOUSE_SERVICE(8084),
    SHIPPING_SERVICE(8085),
    EMAIL_SERVICE(8086),
    AUDIT_SERVICE(8088),
    SEARCH_SERVICE(8090),
    KAFKA(9092),
    /** Not 5432, which is often taken by an installed PostgreSQL. */
    POSTGRES(15432),
    SMTP(3025),
    MAILBOX(8025);

    private final int usual;

    Port(int usual) {
        this.usual = usual;
    }

    int usual() {
        return usual;
    }

    static Port of(Service service) {
        return valueOf(service.name().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Such as {@code order-service}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Such as {@code --order-service-port}. */
    String option() {
        return "--" + label() + "-port";
    }

    /** Such as {@code TIDINGS_ORDER_SERVICE_PORT}. */
    String variable() {
        return "TIDINGS_" + name() + "_PORT";
    }
}
