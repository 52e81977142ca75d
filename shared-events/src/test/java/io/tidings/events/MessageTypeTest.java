package io.tidings.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.events.order.OrderPlaced;
import org.junit.jupiter.api.Test;

class MessageTypeTest {

    record Unnamed(String key) implements Event {}

    @EventType(name = "Impostor", version = 1, topic = Topics.ORDERS)
    record Impostor(String key) implements Command {}

    @Test
    void a_message_states_its_type_version_and_topic() {
        assertThat(MessageType.of(OrderPlaced.class)).isEqualTo(new MessageType("OrderPlaced", 2, "orders"));
    }

    @Test
    void a_message_that_states_no_type_is_refused_with_what_to_do() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of(Unnamed.class))
                .withMessageContaining("carries @EventType");
    }

    @Test
    void a_command_that_calls_itself_an_event_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> MessageType.of(Impostor.class));
    }
}
