package io.tidings.events.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The gate of the build: the contracts are as they were accepted, and the records are as the contracts say. */
class ContractsTest {

    private static final Path MODULE = Path.of("");
    private static final SchemaFolder FOLDER = new SchemaFolder(MODULE.resolve("src/main/resources/schemas"));

    @Test
    void no_record_breaks_its_contract() {
        SchemaGate.Verdict found = SchemasCommand.of(MODULE).check(MessageClasses.all());

        assertThat(found.isOpen())
                .withFailMessage("\n\n" + found.report() + "\n")
                .isTrue();
    }

    @Test
    void all_messages_of_the_shop_are_looked_at() {
        assertThat(MessageClasses.all())
                .extracting(Class::getSimpleName)
                .contains("OrderPlaced", "UserProfileUpdated", "ReserveInventory")
                .hasSameSizeAs(FOLDER.names());
    }

    record Committed(String name, int version, JsonNode schema, JsonNode sample) {

        @Override
        public String toString() {
            return name + " v" + version;
        }
    }

    static Stream<Committed> committed() {
        Set<String> names = FOLDER.names();
        return names.stream()
                .flatMap(name -> FOLDER.versions(name).stream()
                        .map(version -> new Committed(
                                name,
                                version,
                                FOLDER.schema(name, version).orElseThrow(),
                                FOLDER.sample(name, version).orElseThrow())));
    }

    @ParameterizedTest
    @MethodSource("committed")
    void a_sample_is_valid(Committed one) {
        assertThat(SchemaGate.errorsOf(one.schema(), one.sample())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("committed")
    void a_message_without_something_required_is_invalid(Committed one) {
        one.schema().get("required").forEach(required -> {
            ObjectNode lacking = (ObjectNode) one.sample().deepCopy();
            lacking.remove(required.asString());

            assertThat(SchemaGate.errorsOf(one.schema(), lacking)).isNotEmpty();
        });
    }
}
