package io.tidings.events.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.events.Default;
import io.tidings.events.Event;
import io.tidings.events.EventType;
import io.tidings.events.Upcaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A life of one contract: what the gate lets through, and what it says otherwise. */
class SchemaGateTest {

    @EventType(name = "ParcelSent", version = 1, topic = "parcels")
    record First(String key, int grams) implements Event {}

    @EventType(name = "ParcelSent", version = 1, topic = "parcels")
    record WithNote(String key, int grams, @Nullable String note) implements Event {}

    @EventType(name = "ParcelSent", version = 1, topic = "parcels")
    record WithGramsOrNone(String key, @Default("0") int grams) implements Event {}

    @EventType(name = "ParcelSent", version = 1, topic = "parcels")
    record ByWeight(String key, int grams) implements Event {

        @Override
        public String key() {
            return Integer.toString(grams / 100);
        }
    }

    @EventType(name = "ParcelSent", version = 1, topic = "parcels")
    record WithoutGrams(String key) implements Event {}

    @EventType(name = "ParcelSent", version = 2, topic = "parcels", upcasters = GramsToKilograms.class)
    record Second(String key, double kilograms) implements Event {}

    @EventType(name = "ParcelSent", version = 2, topic = "parcels")
    record SecondWithoutUpcaster(String key, double kilograms) implements Event {}

    @EventType(name = "ParcelSent", version = 3, topic = "parcels", upcasters = GramsToKilograms.class)
    record Third(String key, double kilograms) implements Event {}

    static final class GramsToKilograms implements Upcaster {
        @Override
        public int from() {
            return 1;
        }

        @Override
        public Map<String, @Nullable Object> upcast(Map<String, @Nullable Object> older) {
            older.put("kilograms", ((Number) older.remove("grams")).doubleValue() / 1_000);
            return older;
        }
    }

    @TempDir
    private Path folder;

    private SchemaGate gate;

    @BeforeEach
    void a_version_is_accepted() throws IOException {
        gate = new SchemaGate(new SchemaFolder(folder), new RecordSchemas(Meanings.none()));
        sample(1, "{\"key\": \"k\", \"grams\": 500}");
        assertThat(gate.accept(List.of(First.class)).refused()).isEmpty();
        assertThat(gate.check(List.of(First.class)).isOpen()).isTrue();
    }

    @Test
    void a_compatible_change_waits_to_be_accepted_and_then_passes() {
        // when
        SchemaGate.Verdict found = gate.check(List.of(WithNote.class));

        // then
        assertThat(found.isOpen()).isFalse();
        assertThat(found.report())
                .contains("ParcelSent v1: NONE: 'note' was added and may be missing")
                .contains("./tidings schemas --accept");

        // when
        gate.accept(List.of(WithNote.class));

        // then
        assertThat(gate.check(List.of(WithNote.class)).isOpen()).isTrue();
    }

    @Test
    void a_breaking_change_is_told_with_its_direction_and_what_to_do_and_is_not_accepted() throws IOException {
        // given
        String before = Files.readString(folder.resolve("ParcelSent/v1.json"));

        // when
        SchemaGate.Verdict found = gate.accept(List.of(WithoutGrams.class));

        // then
        assertThat(found.report())
                .contains(
                        "ParcelSent v1: FORWARD: 'grams' was removed (consumers that run now can't read new messages)")
                .contains("make version 2")
                .contains("write an Upcaster from version 1")
                .contains("ParcelSent/v2.sample.json");
        assertThat(folder.resolve("ParcelSent/v1.json")).hasContent(before);
    }

    @Test
    void steps_that_break_nobody_one_by_one_do_not_add_up_to_what_does() throws IOException {
        // given
        String first = Files.readString(folder.resolve("ParcelSent/v1.json"));
        assertThat(gate.accept(List.of(WithGramsOrNone.class)).refused()).isEmpty();
        assertThat(gate.check(List.of(WithGramsOrNone.class)).isOpen()).isTrue();
        assertThat(folder.resolve("ParcelSent/v1.accepted-1.json")).hasContent(first);

        // then
        assertThat(gate.check(List.of(WithoutGrams.class)).refused())
                .singleElement()
                .asString()
                .contains("FORWARD: 'grams' was removed", "make version 2");

        // when
        Files.delete(folder.resolve("ParcelSent/v1.accepted-1.json"));

        // then
        assertThat(gate.check(List.of(WithGramsOrNone.class)).report())
                .contains("ParcelSent/v1.accepted-1.json is not what was accepted");
    }

    @Test
    void another_key_breaks_the_order_that_all_rely_on() {
        assertThat(gate.check(List.of(ByWeight.class)).report())
                .contains("ParcelSent v1: BOTH: the message was \"key\" for x-key and is now nothing");
    }

    @Test
    void a_new_version_needs_an_upcaster_and_a_sample() throws IOException {
        // when
        SchemaGate.Verdict withNothing = gate.accept(List.of(SecondWithoutUpcaster.class));

        // then
        assertThat(withNothing.refused())
                .anySatisfy(one -> assertThat(one)
                        .contains("BACKWARD: nothing lifts version 1", "Write an Upcaster from version 1"))
                .anySatisfy(one -> assertThat(one).contains("has no sample of version 2", "ParcelSent/v2.sample.json"));
        assertThat(folder.resolve("ParcelSent/v2.json")).doesNotExist();

        // when
        sample(2, "{\"key\": \"k\", \"kilograms\": 0.5}");
        SchemaGate.Verdict withBoth = gate.accept(List.of(Second.class));

        // then
        assertThat(withBoth.refused()).isEmpty();
        assertThat(gate.check(List.of(Second.class)).isOpen()).isTrue();
        assertThat(folder.resolve("ParcelSent/v1.json")).exists();
    }

    @Test
    void versions_are_neither_left_out_nor_taken_back() throws IOException {
        // given
        sample(2, "{\"key\": \"k\", \"kilograms\": 0.5}");
        gate.accept(List.of(Second.class));

        // then
        assertThat(gate.check(List.of(First.class)).report()).contains("BACKWARD: it was version 2 already");
        assertThat(gate.check(List.of(Third.class)).report()).contains("must lift each one up to 2");
    }

    @Test
    void a_schema_that_was_edited_by_hand_is_found() throws IOException {
        // given
        Path schema = folder.resolve("ParcelSent/v1.json");
        Files.writeString(schema, Files.readString(schema).replace("\"grams\"", "\"pounds\""));

        // then
        assertThat(gate.check(List.of(First.class)).refused())
                .anySatisfy(
                        one -> assertThat(one).contains("ParcelSent/v1.json is not what was accepted", "git checkout"));
    }

    @Test
    void a_sample_is_kept_for_ever() throws IOException {
        // given
        Files.delete(folder.resolve("ParcelSent/v1.sample.json"));

        // then
        assertThat(gate.check(List.of(First.class)).report())
                .contains("ParcelSent/v1.sample.json is not what was accepted");
    }

    @Test
    void a_sample_must_fit_its_schema() throws IOException {
        // given
        sample(2, "{\"key\": \"k\", \"kilograms\": \"half\"}");

        // then
        assertThat(gate.accept(List.of(Second.class)).report()).contains("v2.sample.json does not fit its schema");
        assertThat(folder.resolve("ParcelSent/v2.json")).doesNotExist();
    }

    @Test
    void a_record_that_is_gone_leaves_recorded_messages_unreadable() {
        assertThat(gate.check(List.of()).report()).contains("ParcelSent: BACKWARD: has schemas and no record any more");
    }

    private void sample(int version, String json) throws IOException {
        Path file = folder.resolve("ParcelSent/v%d.sample.json".formatted(version));
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
    }
}
