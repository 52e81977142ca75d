package io.tidings.bus.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.EventHandler;
import io.tidings.bus.MessageRecorder;
import io.tidings.bus.Publishes;
import io.tidings.bus.handling.HandlerRegistry;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.notes.NoteFiled;
import io.tidings.bus.publishing.Publications;
import io.tidings.events.order.OrderPlaced;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.JsonNode;

class AsyncApiDocumentTest {

    @Publishes(NoteFiled.class)
    static class Application {}

    static class Listener {

        @EventHandler
        void on(OrderPlaced order) {}
    }

    @Test
    void what_is_handled_is_received_in_each_version_that_can_be_lifted() {
        JsonNode document = documentOf(List.of(), Listener.class);

        assertThat(document.at("/operations/shop.receives.orders/messages")
                        .valueStream()
                        .map(message -> message.path("$ref").asString()))
                .containsExactly(
                        "#/channels/orders/messages/OrderPlaced.v1", "#/channels/orders/messages/OrderPlaced.v2");
        assertThat(document.at("/components/schemas/OrderPlaced.v1/properties").propertyNames())
                .contains("totalMinor");
        assertThat(document.at("/components/messages/OrderPlaced.v2/examples/0/payload/fulfilment")
                        .asString())
                .isEqualTo("ORCHESTRATION");
        assertThat(document.at("/operations").propertyNames())
                .containsExactly("shop.receives.orders", "shop.sends.shop.dlt");
    }

    @Test
    void what_is_stated_to_be_published_is_sent() {
        JsonNode document = documentOf(List.of(), Application.class);

        assertThat(document.at("/operations").propertyNames()).containsExactly("shop.sends.filed");
        assertThat(document.at("/components/messages/NoteFiled.v1/name").asString())
                .isEqualTo("com.example.NoteFiled.v1");
        assertThat(document.at("/components/schemas/NoteFiled.v1/type").asString())
                .as("a message without a committed schema is any object")
                .isEqualTo("object");
    }

    @Test
    void who_keeps_whatever_comes_receives_without_a_list_of_messages() {
        MessageRecorder recorder = new MessageRecorder() {
            @Override
            public Set<String> topics() {
                return Set.of("orders");
            }

            @Override
            public void record(List<Envelope> messages) {}
        };

        JsonNode operation = documentOf(List.of(recorder)).at("/operations/shop.receives.orders");

        assertThat(operation.path("action").asString()).isEqualTo("receive");
        assertThat(operation.has("messages")).isFalse();
    }

    @Test
    void who_can_be_rebuilt_receives_again_what_it_handles() {
        JsonNode document = documentOf(List.of(), true, Listener.class);

        JsonNode operation = document.at("/operations/shop.receives.shop.replay");
        assertThat(operation.path("action").asString()).isEqualTo("receive");
        assertThat(operation
                        .path("messages")
                        .valueStream()
                        .map(message -> message.path("$ref").asString()))
                .containsExactly(
                        "#/channels/shop.replay/messages/OrderPlaced.v1",
                        "#/channels/shop.replay/messages/OrderPlaced.v2");
        assertThat(document.at("/channels/shop.replay/bindings/kafka/topic").asString())
                .isEqualTo("shop.replay");
        assertThat(document.at("/channels/shop.replay/messages").propertyNames())
                .containsExactly("OrderPlaced.v1", "OrderPlaced.v2");
    }

    private static JsonNode documentOf(List<MessageRecorder> recorders, Class<?>... beans) {
        return documentOf(recorders, false, beans);
    }

    private static JsonNode documentOf(List<MessageRecorder> recorders, boolean canBeRebuilt, Class<?>... beans) {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.registerBean(HandlerRegistry.class, () -> new HandlerRegistry(context));
            for (Class<?> bean : beans) {
                context.register(bean);
            }
            context.refresh();
            return new AsyncApiDocument(
                            "shop",
                            "com.example",
                            context.getBean(HandlerRegistry.class),
                            new Publications("shop", context),
                            recorders,
                            canBeRebuilt)
                    .toJson();
        }
    }
}
