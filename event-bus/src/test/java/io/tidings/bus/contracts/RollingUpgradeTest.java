package io.tidings.bus.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidings.bus.PermanentFailure;
import io.tidings.bus.message.MessageCodec;
import io.tidings.events.Default;
import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Fulfilment;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import io.tidings.events.order.OrderPlaced;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** While a system is upgraded, old and new code run side by side and read each other's messages. */
class RollingUpgradeTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final UUID ORDER = UUID.fromString("01a207bf-e28b-7065-a7fd-f8fb6a015041");
    private static final UUID USER = UUID.fromString("01a207bf-0c11-7c0e-9b1e-2f3a4b5c6d7e");
    private static final List<OrderLine> LINES = List.of(new OrderLine("teapot", 2, new Money(2500, "USD")));

    private final MessageCodec codec = new MessageCodec();

    /** OrderPlaced as it is in code that was deployed before version 2. */
    @EventType(name = "OrderPlaced", version = 1, topic = "orders")
    record OldOrderPlaced(UUID orderId, UUID userId, List<OrderLine> lines, long totalMinor) implements Event {

        @Override
        public String key() {
            return orderId.toString();
        }
    }

    @EventType(name = "ParcelSent", version = 1, topic = "parcels")
    record OldParcelSent(String key, @Nullable String carrier) implements Event {}

    record Stamp(String motif, @Default("1") int copies) {}

    /** Compatible both ways: what was added may be missing, and what was removed might have been. */
    @EventType(name = "ParcelSent", version = 1, topic = "parcels")
    record NewParcelSent(
            String key,
            @Nullable String note,
            @Default("\"STANDARD\"") String speed,
            @Default("[]") List<Stamp> stamps) implements Event {}

    @Test
    void within_a_version_the_new_consumer_reads_the_old_producer() {
        // when
        NewParcelSent read = read(new OldParcelSent("k", "by pigeon"), NewParcelSent.class);

        // then
        assertThat(read).isEqualTo(new NewParcelSent("k", null, "STANDARD", List.of()));
    }

    @Test
    void within_a_version_the_old_consumer_reads_the_new_producer() {
        // when
        OldParcelSent read = read(
                new NewParcelSent("k", "handle with care", "EXPRESS", List.of(new Stamp("queen", 2))),
                OldParcelSent.class);

        // then
        assertThat(read).isEqualTo(new OldParcelSent("k", null));
    }

    @Test
    void what_a_nested_record_lacks_has_its_default_too() {
        byte[] told = "{\"key\": \"k\", \"stamps\": [{\"motif\": \"queen\"}, {\"motif\": \"king\", \"copies\": 3}]}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(codec.read(told, NewParcelSent.class).stamps())
                .containsExactly(new Stamp("queen", 1), new Stamp("king", 3));
    }

    @Test
    void across_versions_the_new_consumer_reads_the_old_producer() {
        // given
        OldOrderPlaced told = new OldOrderPlaced(ORDER, USER, LINES, 5000);
        GoldenMessage before = new GoldenMessage(OrderPlaced.class, 1);
        assertThat(GoldenMessage.errorsOf(before.schema(1), JSON.readTree(codec.write(told))))
                .isEmpty();

        // then
        assertThat(read(told, OrderPlaced.class))
                .isEqualTo(new OrderPlaced(ORDER, USER, LINES, new Money(5000, "USD"), Fulfilment.CHOREOGRAPHY));
    }

    @Test
    void across_versions_the_old_consumer_refuses_the_new_producer_until_it_is_updated() {
        // given
        OrderPlaced told = new OrderPlaced(ORDER, USER, LINES, new Money(5000, "USD"), Fulfilment.CHOREOGRAPHY);

        // then
        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() -> read(told, OldOrderPlaced.class))
                .withMessageContaining("OrderPlaced came in version 2, and this service knows it up to version 1");
        assertThat(GoldenMessage.errorsOf(
                        new GoldenMessage(OrderPlaced.class, 1).schema(1), JSON.readTree(codec.write(told))))
                .as("that is why: it would not even fit")
                .isNotEmpty();

        // when it is updated
        assertThat(read(told, OrderPlaced.class)).isEqualTo(told);
    }

    private <M extends Message> M read(Message told, Class<M> by) {
        return codec.read(codec.write(told), MessageType.of(told.getClass()).version(), by);
    }
}
