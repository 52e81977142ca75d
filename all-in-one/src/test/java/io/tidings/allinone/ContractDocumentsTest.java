package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the services tell of their messages and endpoints is what the documents say. */
@OnQuietSystem
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractDocumentsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final String STALE = "%s is not what the services tell: ./tidings docs writes it anew";

    private final ContractDocuments documents;

    ContractDocumentsTest(Tidings tidings) {
        this.documents = ContractDocuments.of(tidings);
    }

    @Test
    void the_documents_are_what_the_services_tell() throws IOException {
        Map<Path, String> files = documents.files();

        for (Map.Entry<Path, String> file : files.entrySet()) {
            Path there = DOCS.resolve(file.getKey());
            assertThat(there).as(STALE, there).exists();
            assertThat(Files.readString(there).replace("\r\n", "\n"))
                    .as(STALE, there)
                    .isEqualTo(file.getValue());
        }
        assertThat(files.keySet())
                .as("a page of a message that is gone: ./tidings docs removes it")
                .containsAll(ContractDocuments.pagesIn(DOCS));
    }

    @Test
    void each_service_sends_and_receives_what_it_should() {
        assertThat(documents.asyncApi().inShort()).isEqualTo("""
                        user-service
                            sends UserCreated.v1, UserErased.v1, UserProfileUpdated.v2
                        order-service
                            sends CancelShipment.v1, CreateShipment.v1, OrderCanceled.v1, OrderCompleted.v1, \
                        OrderPlaced.v2, OrderRejected.v1, ProcessPayment.v1, RefundPayment.v1, ReleaseInventory.v1, \
                        ReserveInventory.v1
                            receives InventoryRejected.v1, InventoryReleased.v1, InventoryReserved.v1, PaymentFailed.v1, \
                        PaymentProcessed.v1, PaymentRefunded.v1, ProductListed.v1, ProductPriceChanged.v1, \
                        ShipmentCanceled.v1, ShipmentCreated.v1, UserCreated.v1, UserErased.v1
                        payment-service
                            sends PaymentFailed.v1, PaymentProcessed.v1, PaymentRefunded.v1
                            receives InventoryReserved.v1, OrderCanceled.v1, ProcessPayment.v1, RefundPayment.v1, \
                        UserCreated.v1
                        warehouse-service
                            sends InventoryRejected.v1, InventoryReleased.v1, InventoryReserved.v1, ProductListed.v1, \
                        ProductPriceChanged.v1
                            receives OrderCanceled.v1, OrderCompleted.v1, OrderPlaced.v1, OrderPlaced.v2, \
                        PaymentFailed.v1, ReleaseInventory.v1, ReserveInventory.v1
                        shipping-service
                            sends ShipmentCanceled.v1, ShipmentCreated.v1
                            receives CancelShipment.v1, CreateShipment.v1, OrderCanceled.v1, PaymentProcessed.v1
                        email-service
                            sends EmailSent.v1
                            receives AlertRaised.v1, OrderCanceled.v1, OrderCompleted.v1, OrderRejected.v1, \
                        UserCreated.v1, UserErased.v1
                        analytics-service
                            sends AlertRaised.v1
                            receives InventoryRejected.v1, InventoryReleased.v1, InventoryReserved.v1, OrderCanceled.v1, \
                        OrderCompleted.v1, OrderPlaced.v1, OrderPlaced.v2, OrderRejected.v1, PaymentFailed.v1, \
                        PaymentProcessed.v1, PaymentRefunded.v1, ShipmentCanceled.v1, ShipmentCreated.v1, \
                        UserCreated.v1
                            keeps analytics-service.dlt, email-service.dlt, order-service.dlt, payment-service.dlt, \
                        recommendation-service.dlt, search-service.dlt, shipping-service.dlt, user-service.dlt, \
                        warehouse-service.dlt
                        audit-service
                            sends AlertRaised.v1
                            keeps analytics-service.dlt, email-service.dlt, inventory, notifications, order-service.dlt, \
                        orders, payment-service.dlt, payment.commands, payments, products, \
                        recommendation-service.dlt, search-service.dlt, shipments, shipping-service.dlt, \
                        shipping.commands, user-service.dlt, users, warehouse-service.dlt, warehouse.commands
                        search-service
                            receives ProductListed.v1, ProductPriceChanged.v1, UserErased.v1, UserProfileUpdated.v1, \
                        UserProfileUpdated.v2
                        recommendation-service
                            receives OrderCanceled.v1, OrderCompleted.v1, OrderPlaced.v1, OrderPlaced.v2, \
                        OrderRejected.v1, ProductListed.v1, UserErased.v1, UserProfileUpdated.v1, \
                        UserProfileUpdated.v2
                        """);
    }

    @Test
    void every_message_is_told_by_someone_and_heard_by_someone() {
        AsyncApi asyncApi = documents.asyncApi();

        assertThat(Contract.all()).isNotEmpty().allSatisfy(contract -> {
            String newest = contract.id(contract.type().version());
            assertThat(asyncApi.senders()).containsKey(newest);
            assertThat(asyncApi.recorders(contract.type().topic())).isNotEmpty();
        });
    }

    @Test
    void each_service_describes_its_rest_doors_with_examples_that_fit() {
        assertThat(documents.openApis()).allSatisfy((service, openApi) -> {
            assertThat(openApi.path("openapi").asString()).startsWith("3.1");
            assertThat(openApi.path("info").path("title").asString()).isEqualTo(service);
            assertThat(openApi.path("paths").propertyNames())
                    .isNotEmpty()
                    .noneMatch(path -> path.startsWith("/test-door") || path.equals("/asyncapi.json"));
            assertThat(bodies(openApi)).allSatisfy(body -> {
                JsonNode schema = openApi.path("components").path("schemas").path(body);
                assertThat(schema.path("example").isObject())
                        .as("an example of %s", body)
                        .isTrue();
            });
            openApi.path("components").path("schemas").forEachEntry((name, schema) -> {
                if (schema.has("example")) {
                    assertThat(errorsOf(openApi, name, schema.get("example")))
                            .as("the example of %s", name)
                            .isEmpty();
                }
            });
        });
    }

    @Test
    void each_service_says_of_each_rest_door_what_it_does() {
        assertThat(documents.openApis())
                .allSatisfy((service, openApi) -> openApi.path("paths")
                        .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> assertThat(
                                        operation.path("summary").asString(""))
                                .as("the summary of %s %s of %s", method, path, service)
                                .endsWith("."))));
    }

    @Test
    void whatever_orders_or_moves_money_or_stock_takes_an_idempotency_key() {
        Map<String, String> doors = Map.of(
                "order-service", "/orders",
                "payment-service", "/accounts/{userId}/deposits",
                "warehouse-service", "/products/{sku}/stock");
        doors.forEach((service, path) -> {
            JsonNode parameters = documents
                    .openApis()
                    .get(service)
                    .path("paths")
                    .path(path)
                    .path("post")
                    .path("parameters");
            assertThat(parameters
                            .valueStream()
                            .filter(parameter ->
                                    parameter.path("name").asString().equals("Idempotency-Key")))
                    .singleElement()
                    .satisfies(key -> {
                        assertThat(key.path("in").asString()).isEqualTo("header");
                        assertThat(key.path("required").asBoolean()).isFalse();
                        assertThat(key.path("schema").path("maxLength").asInt()).isEqualTo(128);
                        assertThat(key.path("description").asString()).contains("answered as the first time");
                    });
        });
    }

    /** The names of what callers send. */
    private static List<String> bodies(JsonNode openApi) {
        return openApi.path("paths")
                .valueStream()
                .flatMap(path -> path.valueStream())
                .map(operation -> operation.at("/requestBody/content/application~1json/schema/$ref"))
                .filter(JsonNode::isString)
                .map(reference -> reference.asString().replace("#/components/schemas/", ""))
                .toList();
    }

    private static List<String> errorsOf(JsonNode openApi, String schema, JsonNode example) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("$ref", "#/components/schemas/" + schema);
        document.set("components", openApi.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document)
                .validate(example)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** For the parser of AsyncAPI's authors, which continuous integration lets loose on them. */
    @Test
    void each_service_tells_a_document_of_its_own() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "asyncapi"));
        for (Map.Entry<String, JsonNode> one : documents.ofServices().entrySet()) {
            assertThat(one.getValue().path("asyncapi").asString()).isEqualTo("3.0.0");
            assertThat(one.getValue().path("info").path("title").asString()).isEqualTo(one.getKey());
            Files.writeString(
                    folder.resolve(one.getKey() + ".json"), one.getValue().toPrettyString());
        }
    }
}
