package io.tidings.scenarios;

import static io.tidings.scenarios.Shop.dollars;

import io.tidings.events.inventory.InventoryReserved;
import io.tidings.events.notification.EmailSent;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.payment.PaymentProcessed;
import io.tidings.events.shipment.ShipmentCreated;
import io.tidings.scenarios.Shop.Customer;
import io.tidings.scenarios.Shop.PlacedOrder;
import io.tidings.scenarios.Shop.Product;
import io.tidings.scenarios.Shop.Stock;
import io.tidings.scenarios.doors.Answer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A participant hears nothing, and nobody waits for it: the flow stands still, is seen to, and ends when it is back. */
final class StalledFlowScenario implements Scenario {

    @Override
    public String name() {
        return "stalled-flow";
    }

    @Override
    public String title() {
        return "An order stands still, which is noticed, until payment-service is back";
    }

    @Override
    public String pattern() {
        return "A watch over the flows: what was begun must end, and whoever sees all messages sees what does not";
    }

    @Override
    public Optional<String> needsKafka() {
        return Optional.of("in process a participant that is back never hears what it missed, so the flow never ends");
    }

    @Override
    public void play(Stage stage) {
        Shop shop = new Shop(stage);
        stage.say("The shop has 5 compasses at $80, and Mary has $100 in her wallet.");
        Product compass = shop.list("Compass", dollars(80));
        shop.receive(compass, 5);
        Customer mary = shop.signUp("Mary", "Somerville");
        shop.deposit(mary, dollars(100));

        stage.say(
                "payment-service hears nothing any more. Mary orders a compass; no orchestrator waits for an answer.");
        PlacedOrder order = orderWithoutPayment(stage, shop, mary, compass);

        stage.say("payment-service hears again, and takes up what it missed.");
        stage.awaitEvents(
                order.call(),
                List.of(PaymentProcessed.class, ShipmentCreated.class, OrderCompleted.class, EmailSent.class));
        stage.check("the flow", "done", flowPath(order), StalledFlowScenario::stateIn);
        stage.check("it is listed as stalled", false, stalledPath(), answer -> lists(answer, order));
        stage.check(
                "alerts about it, as before",
                1,
                alertsPath(order),
                answer -> alertsAbout(order, answer).size());
        shop.checkOrder(order, "COMPLETED");
        shop.checkStock(compass, new Stock(4, 0, 1, 5));
        shop.checkBalance(mary, dollars(20));
    }

    private static PlacedOrder orderWithoutPayment(Stage stage, Shop shop, Customer mary, Product compass) {
        try (Deafness deafness = Deafness.of("payment-service", stage)) {
            PlacedOrder order = shop.place(mary, compass, 1);
            stage.awaitEvents(order.call(), List.of(OrderPlaced.class, InventoryReserved.class));

            stage.say(
                    "Nothing more comes. audit-service gives a flow its time (tidings.flows.stalled-after: five minutes,"
                            + " and some seconds for this play), and then says that it stands still.");
            stage.check("the flow", "stalled", flowPath(order), StalledFlowScenario::stateIn);
            Answer flow = stage.get(flowPath(order));
            stage.check(
                    "what is open",
                    "[\"order\",\"stock\"]",
                    flow.body().at("/undertakings/0/open").toString());
            stage.check("it is listed as stalled", true, stalledPath(), answer -> lists(answer, order));
            stage.check(
                    "alerts about it",
                    1,
                    alertsPath(order),
                    answer -> alertsAbout(order, answer).size());
            stage.list(alertsAbout(order, stage.get(alertsPath(order))));
            shop.checkOrder(order, "PLACED");
            return order;
        }
    }

    private static String flowPath(PlacedOrder order) {
        return "/flows/" + order.call().correlationId();
    }

    private static String stalledPath() {
        return "/flows?state=stalled&limit=1000";
    }

    private static String alertsPath(PlacedOrder order) {
        return "/events?type=AlertRaised&key=FlowStalled&limit=1000&from="
                + order.call().askedAt();
    }

    private static String stateIn(Answer flow) {
        return flow.as("state", String.class);
    }

    private static boolean lists(Answer flows, PlacedOrder order) {
        return flows.body()
                .path("flows")
                .valueStream()
                .anyMatch(flow -> flow.path("correlationId")
                        .asString("")
                        .equals(order.call().correlationId()));
    }

    private static List<String> alertsAbout(PlacedOrder order, Answer alerts) {
        return alerts.body()
                .path("events")
                .valueStream()
                .map(StalledFlowScenario::evidenceOf)
                .filter(evidence -> evidence.contains(order.call().correlationId()))
                .toList();
    }

    private static String evidenceOf(JsonNode alert) {
        return alert.at("/data/evidence").asString("");
    }
}
