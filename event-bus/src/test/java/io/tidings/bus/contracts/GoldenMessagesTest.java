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
import io.tidings.events.Money;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.user.UserProfileUpdated;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every message that was ever told can be read, and schema and reader agree on what a message is. */
class GoldenMessagesTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final MessageCodec codec = new MessageCodec();

    static Stream<GoldenMessage> all() {
        return GoldenMessage.all();
    }

    static Stream<GoldenMessage> newest() {
        return GoldenMessage.all().filter(golden -> golden.version() == golden.newest());
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_sample_of_any_version_reaches_the_newest_and_is_valid_there(GoldenMessage golden) {
        // when
        Message message = codec.read(bytes(golden.sample()), golden.version(), golden.messageClass());

        // then
        JsonNode written = JSON.readTree(codec.write(message));
        assertThat(GoldenMessage.errorsOf(golden.schema(golden.newest()), written))
                .isEmpty();
        assertThat(message.key()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("newest")
    void a_sample_of_the_newest_version_is_written_as_it_was_read(GoldenMessage golden) {
        Message message = codec.read(bytes(golden.sample()), golden.version(), golden.messageClass());

        assertIsWrittenAsItWasRead(golden.sample(), JSON.readTree(codec.write(message)));
        assertThat(codec.read(codec.write(message), golden.messageClass())).isEqualTo(message);
    }

    @EventType(name = "ParcelSent", version = 1, topic = "parcels")
    record ParcelSent(
            String key,
            @Nullable String note,
            @Default("\"STANDARD\"") String speed,
            List<Stamp> stamps) implements Event {}

    record Stamp(String motif, @Default("1") int copies) {}

    /** Samples are kept for ever, and the record goes on: what it has more than they say, and no more, is no difference. */
    @Test
    void what_was_added_or_removed_and_breaks_nobody_is_written_as_it_was_read() {
        String sample = "{\"key\": \"k\", \"carrier\": \"by pigeon\", \"stamps\": [{\"motif\": \"queen\"}]}";
        JsonNode written =
                JSON.readTree(codec.write(codec.read(sample.getBytes(StandardCharsets.UTF_8), 1, ParcelSent.class)));

        assertIsWrittenAsItWasRead(JSON.readTree(sample), written);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertIsWrittenAsItWasRead(JSON.readTree(sample.replace("queen", "king")), written));
    }

    private static void assertIsWrittenAsItWasRead(JsonNode sample, JsonNode written) {
        assertThat(asFarAsItSays(sample, written)).isEqualTo(asFarAsItSays(written, sample));
    }

    /** What one says, without the fields of which the other says nothing. */
    private static JsonNode asFarAsItSays(JsonNode other, JsonNode one) {
        if (one instanceof ObjectNode object && other.isObject()) {
            ObjectNode common = object.objectNode();
            object.properties().stream()
                    .filter(field -> other.has(field.getKey()))
                    .forEach(field ->
                            common.set(field.getKey(), asFarAsItSays(other.get(field.getKey()), field.getValue())));
            return common;
        }
        if (one instanceof ArrayNode list && other.size() == list.size()) {
            ArrayNode common = list.arrayNode();
            for (int i = 0; i < list.size(); i++) {
                common.add(asFarAsItSays(other.get(i), list.get(i)));
            }
            return common;
        }
        return one;
    }

    @ParameterizedTest
    @MethodSource("newest")
    void what_the_schema_forbids_the_reader_refuses(GoldenMessage golden) {
        JsonNode schema = golden.schema(golden.version());
        List<JsonNode> spoiled = Spoiling.of(golden.sample(), schema);

        assertThat(spoiled).isNotEmpty().allSatisfy(one -> {
            assertThat(GoldenMessage.errorsOf(schema, one)).isNotEmpty();
            assertThatExceptionOfType(PermanentFailure.class)
                    .isThrownBy(() -> codec.read(bytes(one), golden.version(), golden.messageClass()));
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void readers_pass_over_what_they_do_not_know(GoldenMessage golden) {
        // given
        ObjectNode more = (ObjectNode) golden.sample();
        more.putObject("weather").put("degrees", 21.5);

        // then
        assertThat(GoldenMessage.errorsOf(golden.schema(golden.version()), more))
                .isEmpty();
        assertThat(codec.read(bytes(more), golden.version(), golden.messageClass()))
                .isEqualTo(codec.read(bytes(golden.sample()), golden.version(), golden.messageClass()));
    }

    @Test
    void an_order_of_version_1_has_the_currency_of_its_lines_and_is_a_matter_of_choreography() {
        OrderPlaced order = codec.read(bytes(new GoldenMessage(OrderPlaced.class, 1).sample()), 1, OrderPlaced.class);

        assertThat(order.total()).isEqualTo(new Money(6800, "USD"));
        assertThat(order.fulfilment()).isEqualTo(Fulfilment.CHOREOGRAPHY);
    }

    @Test
    void a_profile_of_version_1_gets_two_names_out_of_one() {
        UserProfileUpdated updated =
                codec.read(bytes(new GoldenMessage(UserProfileUpdated.class, 1).sample()), 1, UserProfileUpdated.class);

        assertThat(updated.oldProfile().familyName()).isEqualTo("Byron");
        assertThat(updated.newProfile().givenName()).isEqualTo("Ada King");
        assertThat(updated.newProfile().familyName()).isEqualTo("Lovelace");
    }

    @Test
    void an_old_message_that_lacks_what_its_version_had_is_refused_with_the_step_at_which_it_failed() {
        // given
        ObjectNode order = (ObjectNode) new GoldenMessage(OrderPlaced.class, 1).sample();
        order.remove("totalMinor");

        // then
        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() -> codec.read(bytes(order), 1, OrderPlaced.class))
                .withMessageStartingWith("This OrderPlaced of version 1 can't be lifted to version 2: ");
    }

    @Test
    void what_is_missing_is_named_wherever_it_is() {
        // given
        ObjectNode order = (ObjectNode) new GoldenMessage(OrderPlaced.class, 2).sample();
        ((ObjectNode) order.get("lines").get(1)).remove("unitPrice");

        // then
        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() -> codec.read(bytes(order), 2, OrderPlaced.class))
                .withMessage("OrderPlaced has no field 'lines[1].unitPrice', which it must have.");
    }

    @Test
    void a_version_that_nobody_knows_yet_is_refused_with_both_versions_and_what_to_do() {
        JsonNode order = new GoldenMessage(OrderPlaced.class, 2).sample();

        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() -> codec.read(bytes(order), 3, OrderPlaced.class))
                .withMessage("OrderPlaced came in version 3, and this service knows it up to version 2:"
                        + " deploy the service with version 3, and redrive it.");
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A valid message with one thing wrong, in each place where something can be. */
    private static final class Spoiling {

        private Spoiling() {}

        static List<JsonNode> of(JsonNode value, JsonNode schema) {
            List<JsonNode> spoiled = new ArrayList<>();
            schema.path("properties").forEachEntry((name, property) -> {
                boolean required = schema.path("required")
                        .valueStream()
                        .anyMatch(one -> one.asString().equals(name));
                if (required) {
                    spoiled.add(((ObjectNode) value.deepCopy()).without(name));
                    spoiled.add(((ObjectNode) value.deepCopy()).putNull(name));
                }
                wrong(property).forEach(wrong -> spoiled.add(((ObjectNode) value.deepCopy()).set(name, wrong)));
                if (value.hasNonNull(name)) {
                    of(value.get(name), property)
                            .forEach(wrong -> spoiled.add(((ObjectNode) value.deepCopy()).set(name, wrong)));
                }
            });
            if (value instanceof ArrayNode list && schema.has("items")) {
                of(list.get(0), schema.get("items")).forEach(wrong -> {
                    ArrayNode others = list.deepCopy();
                    others.set(0, wrong);
                    spoiled.add(others);
                });
                spoiled.add(((ArrayNode) list.deepCopy()).addNull());
            }
            return spoiled;
        }

        private static List<JsonNode> wrong(JsonNode schema) {
            List<String> wrong = new ArrayList<>(List.of("{\"some\": \"object\"}", "true"));
            if (!schema.path("type").toString().contains("array")) {
                wrong.add("[1]");
            }
            if (schema.path("type").asString("").equals("integer")) {
                wrong.addAll(List.of("1.5", "\"5\""));
            } else {
                wrong.add("5");
            }
            if (schema.has("minimum")) {
                wrong.add(schema.get("minimum")
                        .decimalValue()
                        .subtract(BigDecimal.ONE)
                        .toString());
            }
            if (schema.has("pattern") || schema.has("enum") || schema.has("format")) {
                wrong.add("\"something else\"");
            }
            return wrong.stream()
                    .filter(json -> !(schema.path("type").asString("").equals("object") && json.startsWith("{")))
                    .map(JSON::readTree)
                    .toList();
        }
    }
}
