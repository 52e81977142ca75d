package io.tidings.order.orchestration;

import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Money;
import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import io.tidings.order.OrderServiceApplication;
import io.tidings.order.domain.Catalogue;
import io.tidings.order.domain.Order;
import io.tidings.order.domain.OrderDesk;
import io.tidings.order.domain.OrderStatus;
import io.tidings.order.domain.PlaceOrder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** An order-service stops with an order at every step, and another one starts on the same database. */
class RestartTest {

    private static final Money PRICE = new Money(1_999, "USD");

    /** What leads from the beginning to each step. */
    private static final Map<SagaStep, List<SagaNews>> WAYS = new EnumMap<>(Map.of(
            SagaStep.RESERVING, List.of(),
            SagaStep.PAYING, List.of(new SagaNews.Reserved()),
            SagaStep.SHIPPING, List.of(new SagaNews.Reserved(), new SagaNews.Paid()),
            SagaStep.CANCELING_SHIPMENT,
                    List.of(new SagaNews.Reserved(), new SagaNews.Paid(), new SagaNews.Canceled("You canceled it.")),
            SagaStep.REFUNDING, List.of(new SagaNews.Reserved(), new SagaNews.Canceled("You canceled it.")),
            SagaStep.RELEASING, List.of(new SagaNews.Canceled("You canceled it."))));

    private static final Map<SagaStep, String> ASKED_AT = Map.of(
            SagaStep.RESERVING, "ReserveInventory.v1",
            SagaStep.PAYING, "ProcessPayment.v1",
            SagaStep.SHIPPING, "CreateShipment.v1",
            SagaStep.CANCELING_SHIPMENT, "CancelShipment.v1",
            SagaStep.REFUNDING, "RefundPayment.v1",
            SagaStep.RELEASING, "ReleaseInventory.v1");

    @Test
    void whatever_the_step_at_which_it_stops_the_next_one_goes_on() {
        Map<SagaStep, UUID> orders = new EnumMap<>(SagaStep.class);
        try (ConfigurableApplicationContext first = start("--tidings.orchestration.watch-every=1h")) {
            WAYS.forEach((step, way) -> orders.put(step, orderAt(first, way)));
        }

        try (ConfigurableApplicationContext next = start("--tidings.orchestration.watch-every=50ms")) {
            Orchestrator orchestrator = next.getBean(Orchestrator.class);
            OrderDesk desk = next.getBean(OrderDesk.class);
            await("all to be given up")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(orders.values())
                            .allSatisfy(order -> assertThat(orchestrator
                                            .find(order)
                                            .orElseThrow()
                                            .step())
                                    .isEqualTo(SagaStep.COMPENSATED)));

            orders.forEach((step, order) -> {
                assertThat(timesAsked(order, ASKED_AT.get(step))).as("%s", step).isEqualTo(2);
                assertThat(desk.find(order).map(Order::status)).contains(OrderStatus.REJECTED);
            });
        }
    }

    private static UUID orderAt(ConfigurableApplicationContext context, List<SagaNews> way) {
        UUID user = TimeOrderedId.next();
        String sku = "sku-" + user;
        TransactionTemplate transactions = context.getBean(TransactionTemplate.class);
        Catalogue catalogue = context.getBean(Catalogue.class);
        catalogue.addUser(user);
        catalogue.addProduct(sku, "A product", PRICE);
        UUID order = context.getBean(OrderDesk.class)
                .place(new PlaceOrder(user, List.of(new PlaceOrder.Item(sku, 1)), ORCHESTRATION), null)
                .order()
                .id();
        way.forEach(news -> transactions.executeWithoutResult(
                each -> context.getBean(Orchestrator.class).hear(order, news)));
        return order;
    }

    private static long timesAsked(UUID order, String command) {
        return Stream.of("warehouse.commands", "payment.commands", "shipping.commands")
                .flatMap(topic -> new Topic(topic).eventsOf(order).stream())
                .map(CloudEvent::type)
                .filter(command::equals)
                .count();
    }

    private static ConfigurableApplicationContext start(String watchEvery) {
        Infrastructure infrastructure = Infrastructure.shared();
        DatabaseAccess database = infrastructure.database("order-service");
        return new SpringApplicationBuilder(OrderServiceApplication.class)
                .registerShutdownHook(false)
                .run(
                        "--spring.config.name=order-service",
                        "--server.port=0",
                        "--spring.jmx.enabled=false",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + infrastructure.kafkaBootstrapServers(),
                        "--tidings.orchestration.answer-within=1s",
                        "--tidings.orchestration.attempts=2",
                        watchEvery);
    }
}
