package io.tidings.allinone;

import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.handling.BatchProcessor;
import io.tidings.bus.outbox.Outbox;
import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import io.tidings.order.OrderServiceApplication;
import io.tidings.payment.PaymentServiceApplication;
import io.tidings.scenarios.doors.Answer;
import io.tidings.scenarios.doors.Door;
import io.tidings.shipping.ShippingServiceApplication;
import io.tidings.warehouse.WarehouseServiceApplication;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The four services that fulfil an order, on real Kafka and PostgreSQL; any of them can be made deaf for a while. */
final class OrderFlow implements AutoCloseable {

    static final String ORDER = "order-service";
    static final String PAYMENT = "payment-service";
    static final String WAREHOUSE = "warehouse-service";
    static final String SHIPPING = "shipping-service";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, ConfigurableApplicationContext> services = new LinkedHashMap<>();
    private final Map<String, Door> doors = new LinkedHashMap<>();

    OrderFlow() {
        start(ORDER, OrderServiceApplication.class);
        start(PAYMENT, PaymentServiceApplication.class);
        start(WAREHOUSE, WarehouseServiceApplication.class);
        start(SHIPPING, ShippingServiceApplication.class);
    }

    private void start(String service, Class<?> application) {
        Infrastructure infrastructure = Infrastructure.shared();
        DatabaseAccess database = infrastructure.database(service);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .registerShutdownHook(false)
                .run(
                        "--spring.config.name=" + service,
                        "--server.port=0",
                        "--spring.jmx.enabled=false",
                        "--management.metrics.use-global-registry=false",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + infrastructure.kafkaBootstrapServers(),
                        // Deadlines pass when a test says so.
                        "--tidings.orchestration.answer-within=1h",
                        "--tidings.orchestration.attempts=2",
                        "--tidings.orchestration.watch-every=50ms");
        services.put(service, context);
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        doors.put(service, Door.gateway(URI.create("http://127.0.0.1:" + port)));
    }

    /** Lets a service hear nothing until {@link #letHear}. It still answers over HTTP, and publishes. */
    void keepFromHearing(String service) {
        ears(service).stop();
    }

    void letHear(String service) {
        if (!ears(service).isRunning()) {
            ears(service).start();
        }
    }

    void letAllHear() {
        services.keySet().forEach(this::letHear);
    }

    private SmartLifecycle ears(String service) {
        return services.get(service).getBean("kafkaSubscription", SmartLifecycle.class);
    }

    /** Makes it as late as it must be for an orchestrator that waits for an answer to this order. */
    void letDeadlinePass(UUID order) {
        JdbcClient database = services.get(ORDER).getBean(JdbcClient.class);
        await("the request to leave: who was not asked can't be late")
                .atMost(PATIENCE)
                .until(() -> database.sql("select not exists (select from outbox where key = ?)")
                        .param(order.toString())
                        .query(Boolean.class)
                        .single());
        database.sql("update saga set deadline = now() where order_id = ? and deadline is not null")
                .param(order)
                .update();
    }

    Answer get(String service, String path) {
        return doors.get(service).get(path);
    }

    Answer post(String service, String path, Object body) {
        return doors.get(service).post(path, body, Map.of());
    }

    /** A user with so many cents. */
    UUID userWith(long cents) {
        UUID user = TimeOrderedId.next();
        new Topic("users")
                .send(CloudEvent.of(
                        "io.tidings.UserCreated.v1", user.toString(), "{\"userId\":\"%s\"}".formatted(user)));
        Map<String, Object> amount = Map.of("amount", Map.of("minorUnits", cents, "currency", "USD"));
        await("the account")
                .atMost(PATIENCE)
                .until(() -> post(PAYMENT, "/accounts/%s/deposits".formatted(user), amount)
                        .isSuccess());
        return user;
    }

    /** A product at so many cents. */
    String product(long cents, int pieces) {
        String sku = "sku-" + UUID.randomUUID();
        post(
                WAREHOUSE,
                "/products",
                Map.of(
                        "sku",
                        sku,
                        "name",
                        "A product",
                        "category",
                        "things",
                        "price",
                        Map.of("minorUnits", cents, "currency", "USD")));
        post(WAREHOUSE, "/products/%s/stock".formatted(sku), Map.of("quantity", pieces));
        return sku;
    }

    /** Returns when all that was published is heard by everyone, and so is all that followed from it. */
    void awaitQuiet() {
        long before = -1;
        long now = published();
        while (now != before) {
            services.forEach((service, context) -> context.getBean(BatchProcessor.class)
                    .topics()
                    .forEach(topic -> new Topic(topic).awaitReadBy(service)));
            before = now;
            now = published();
        }
    }

    private long published() {
        await("all to be sent")
                .atMost(PATIENCE)
                .until(() -> services.values().stream()
                        .allMatch(context -> context.getBean(Outbox.class).count(1) == 0));
        return services.values().stream()
                .flatMap(context -> context.getBean(BatchProcessor.class).topics().stream())
                .distinct()
                .mapToLong(topic -> new Topic(topic).records().size())
                .sum();
    }

    /** What nobody could handle of an order. */
    List<CloudEvent> deadLettersOf(UUID order) {
        return services.keySet().stream()
                .flatMap(service -> new Topic(service + ".dlt").eventsOf(order).stream())
                .toList();
    }

    @Override
    public void close() {
        doors.values().forEach(Door::close);
        services.values().forEach(ConfigurableApplicationContext::close);
    }
}
