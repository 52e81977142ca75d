package io.tidings.order.orchestration;

import static io.tidings.events.Fulfilment.ORCHESTRATION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.MessageCodec;
import io.tidings.events.Event;
import io.tidings.events.MessageType;
import io.tidings.events.Money;
import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.product.ProductListed;
import io.tidings.events.user.UserCreated;
import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import io.tidings.order.OrderServiceApplication;
import io.tidings.order.domain.Order;
import io.tidings.order.domain.OrderDesk;
import io.tidings.order.domain.OrderStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An order-service is killed with an order at every step and many on their way, and another one starts. */
class RestartTest {

    private static final Money PRICE = new Money(1_999, "USD");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ON_THEIR_WAY = 40;

    /** Neither database nor group are those of other tests, whose instances would lend a hand. */
    private static final String SERVICE = "order-service-killed";

    private static final Map<SagaStep, String> ASKED_AT = Map.of(
            SagaStep.RESERVING, "ReserveInventory.v1",
            SagaStep.PAYING, "ProcessPayment.v1",
            SagaStep.SHIPPING, "CreateShipment.v1",
            SagaStep.CANCELING_SHIPMENT, "CancelShipment.v1",
            SagaStep.REFUNDING, "RefundPayment.v1",
            SagaStep.RELEASING, "ReleaseInventory.v1");

    private final MessageCodec codec = new MessageCodec();
    private final UUID user = TimeOrderedId.next();
    private final String sku = "sku-" + user;

    @Test
    void whatever_the_step_at_which_it_is_killed_the_next_one_goes_on(@TempDir Path folder) {
        // given
        Map<SagaStep, UUID> orders = new EnumMap<>(SagaStep.class);
        List<UUID> onTheirWay = new ArrayList<>();
        try (KilledService first = KilledService.start(folder, settings("--tidings.orchestration.watch-every=1h"))) {
            tell(new UserCreated(user), new ProductListed(sku, "A product", "things", PRICE));
            for (SagaStep step : ASKED_AT.keySet()) {
                orders.put(step, orderAt(step, first));
            }
            for (int each = 0; each < ON_THEIR_WAY; each++) {
                onTheirWay.add(first.place(user, sku));
            }
            tell(onTheirWay.stream().map(this::reserved).toArray(Event[]::new));
            await("one of them to go on")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> onTheirWay.stream()
                            .anyMatch(order -> first.stepOf(order).equals("PAYING")));

            // when
            first.kill();
        }

        // then
        try (ConfigurableApplicationContext next = start("--tidings.orchestration.watch-every=50ms")) {
            Orchestrator orchestrator = next.getBean(Orchestrator.class);
            OrderDesk desk = next.getBean(OrderDesk.class);
            List<UUID> all =
                    Stream.concat(orders.values().stream(), onTheirWay.stream()).toList();
            await("all to be given up")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(all)
                            .allSatisfy(order -> assertThat(orchestrator
                                            .find(order)
                                            .orElseThrow()
                                            .step())
                                    .isEqualTo(SagaStep.COMPENSATED)));

            assertThat(all)
                    .allSatisfy(order -> assertThat(desk.find(order).map(Order::status))
                            .hasValueSatisfying(
                                    status -> assertThat(status).isIn(OrderStatus.REJECTED, OrderStatus.CANCELED)));
            // Asked by the one and, for lack of an answer, by the other.
            orders.forEach((step, order) -> assertThat(timesAsked(order, ASKED_AT.get(step)))
                    .as("%s", step)
                    .isEqualTo(2));
        }
    }

    /** Places an order and has it brought to a step. */
    private UUID orderAt(SagaStep step, KilledService service) {
        UUID order = service.place(user, sku);
        boolean reserved = step != SagaStep.RESERVING && step != SagaStep.RELEASING;
        boolean paid = step == SagaStep.SHIPPING || step == SagaStep.CANCELING_SHIPMENT;
        if (reserved) {
            tell(reserved(order));
            service.awaitStep(order, "PAYING");
        }
        if (paid) {
            tell(new PaymentProcessed(order, user, PRICE, ORCHESTRATION));
            service.awaitStep(order, "SHIPPING");
        }
        if (List.of(SagaStep.CANCELING_SHIPMENT, SagaStep.REFUNDING, SagaStep.RELEASING)
                .contains(step)) {
            service.cancel(order);
        }
        service.awaitStep(order, step.name());
        return order;
    }

    private InventoryReserved reserved(UUID order) {
        return new InventoryReserved(order, user, PRICE, ORCHESTRATION);
    }

    private void tell(Event... events) {
        Stream.of(events)
                .collect(Collectors.groupingBy(
                        event -> MessageType.of(event.getClass()).topic(),
                        Collectors.mapping(this::seal, Collectors.toList())))
                .forEach((topic, messages) -> new Topic(topic).send(messages.toArray(CloudEvent[]::new)));
    }

    private CloudEvent seal(Event event) {
        MessageType type = MessageType.of(event.getClass());
        return CloudEvent.of(
                "io.tidings.%s.v%d".formatted(type.name(), type.version()),
                event.key(),
                new String(codec.write(event), UTF_8));
    }

    private static long timesAsked(UUID order, String command) {
        return Stream.of("warehouse.commands", "payment.commands", "shipping.commands")
                .flatMap(topic -> new Topic(topic).eventsOf(order).stream())
                .map(CloudEvent::type)
                .filter(command::equals)
                .count();
    }

    private static ConfigurableApplicationContext start(String watchEvery) {
        return new SpringApplicationBuilder(OrderServiceApplication.class)
                .registerShutdownHook(false)
                .run(Stream.concat(settings(watchEvery).stream(), Stream.of("--server.port=0"))
                        .toArray(String[]::new));
    }

    private static List<String> settings(String watchEvery) {
        Infrastructure infrastructure = Infrastructure.shared();
        DatabaseAccess database = infrastructure.database(SERVICE);
        return List.of(
                "--spring.config.name=order-service",
                "--spring.application.name=" + SERVICE,
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
