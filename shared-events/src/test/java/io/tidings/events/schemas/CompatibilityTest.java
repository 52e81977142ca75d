package io.tidings.events.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidings.events.AtLeast;
import io.tidings.events.Default;
import io.tidings.events.Matching;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Whom a change of a record breaks. */
class CompatibilityTest {

    private static final RecordSchemas SCHEMAS = new RecordSchemas(Meanings.none());

    record Plain(String sku) {}

    record WithRequired(String sku, String colour) {}

    record WithOptional(String sku, @Nullable String colour) {}

    record WithDefault(String sku, @Default("\"red\"") String colour) {}

    record WithOtherDefault(String sku, @Default("\"blue\"") String colour) {}

    record WithRenamed(String sku, String paint) {}

    record WithRenamedOptional(String sku, @Nullable String paint) {}

    record AnInt(int pieces) {}

    record ALong(long pieces) {}

    record ABigInteger(BigInteger pieces) {}

    record ADouble(double pieces) {}

    record AText(String pieces) {}

    record AnId(UUID pieces) {}

    record AnInstant(Instant pieces) {}

    enum Two {
        RED,
        BLUE
    }

    enum Three {
        RED,
        BLUE,
        GREEN
    }

    enum One {
        RED
    }

    record OfTwo(Two pieces) {}

    record OfThree(Three pieces) {}

    record OfOne(One pieces) {}

    record OfTwoOrNone(@Nullable Two pieces) {}

    record OfThreeOrNone(@Nullable Three pieces) {}

    record Inner(String sku) {}

    record InnerWithRequired(String sku, String colour) {}

    record InnerWithOptional(String sku, @Nullable String colour) {}

    record Nested(Inner line) {}

    record NestedWithRequired(InnerWithRequired line) {}

    record NestedWithOptional(InnerWithOptional line) {}

    record OptionalNested(@Nullable Inner line) {}

    record OptionalNestedWithRequired(@Nullable InnerWithRequired line) {}

    record Listed(List<Inner> lines) {}

    record ListedWithRequired(List<InnerWithRequired> lines) {}

    record ListedOrNull(List<@Nullable Inner> lines) {}

    record Mapped(Map<String, Inner> lines) {}

    record MappedWithRequired(Map<String, InnerWithRequired> lines) {}

    record MappedOrNull(Map<String, @Nullable Inner> lines) {}

    record WithDefaultOrNull(
            String sku, @Default("\"red\"") @Nullable String colour) {}

    record AtLeastOne(@AtLeast(1) int pieces) {}

    record AtLeastTwo(@AtLeast(2) int pieces) {}

    record Code(@Matching("[A-Z]{3}") String pieces) {}

    record LongerCode(@Matching("[A-Z]{3,4}") String pieces) {}

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments("nothing", Plain.class, Plain.class, "", Breaks.NONE),
                arguments("required added", Plain.class, WithRequired.class, "'colour' was added", Breaks.BACKWARD),
                arguments("optional added", Plain.class, WithOptional.class, "'colour' was added", Breaks.NONE),
                arguments("added with default", Plain.class, WithDefault.class, "added with a default", Breaks.NONE),
                arguments("required removed", WithRequired.class, Plain.class, "'colour' was removed", Breaks.FORWARD),
                arguments("optional removed", WithOptional.class, Plain.class, "'colour' was removed", Breaks.NONE),
                arguments("default removed", WithDefault.class, Plain.class, "'colour' was removed", Breaks.NONE),
                arguments("renamed", WithRequired.class, WithRenamed.class, "renamed to 'paint'", Breaks.BOTH),
                arguments(
                        "optional renamed",
                        WithOptional.class,
                        WithRenamedOptional.class,
                        "renamed to 'paint'",
                        Breaks.BOTH),
                arguments("int to long", AnInt.class, ALong.class, "widened", Breaks.FORWARD),
                arguments("long to int", ALong.class, AnInt.class, "narrowed", Breaks.BACKWARD),
                arguments("long to any integer", ALong.class, ABigInteger.class, "widened", Breaks.FORWARD),
                arguments("int to double", AnInt.class, ADouble.class, "widened", Breaks.FORWARD),
                arguments("double to long", ADouble.class, ALong.class, "narrowed", Breaks.BACKWARD),
                arguments("text to id", AText.class, AnId.class, "narrowed", Breaks.BACKWARD),
                arguments("id to text", AnId.class, AText.class, "widened", Breaks.FORWARD),
                arguments("id to instant", AnId.class, AnInstant.class, "'pieces' was string uuid", Breaks.BOTH),
                arguments("text to number", AText.class, ALong.class, "'pieces' was string", Breaks.BOTH),
                arguments("number to object", AnInt.class, OfTwo.class, "'pieces' was integer", Breaks.BOTH),
                arguments("enum value added", OfTwo.class, OfThree.class, "[\"GREEN\"]", Breaks.FORWARD),
                arguments("enum value removed", OfThree.class, OfTwo.class, "[\"GREEN\"]", Breaks.BACKWARD),
                arguments("last but one enum value removed", OfTwo.class, OfOne.class, "[\"BLUE\"]", Breaks.BACKWARD),
                arguments("second enum value added", OfOne.class, OfTwo.class, "[\"BLUE\"]", Breaks.FORWARD),
                arguments(
                        "value of optional enum added",
                        OfTwoOrNone.class,
                        OfThreeOrNone.class,
                        "[\"GREEN\"]",
                        Breaks.FORWARD),
                arguments("enum to text", OfTwo.class, AText.class, "takes any value", Breaks.FORWARD),
                arguments("text to enum", AText.class, OfTwo.class, "takes only", Breaks.BACKWARD),
                arguments(
                        "nested required added",
                        Nested.class,
                        NestedWithRequired.class,
                        "'line.colour' was added",
                        Breaks.BACKWARD),
                arguments(
                        "nested required removed",
                        NestedWithRequired.class,
                        Nested.class,
                        "'line.colour' was removed",
                        Breaks.FORWARD),
                arguments(
                        "nested optional added",
                        Nested.class,
                        NestedWithOptional.class,
                        "'line.colour' was added",
                        Breaks.NONE),
                arguments(
                        "required added in an optional one",
                        OptionalNested.class,
                        OptionalNestedWithRequired.class,
                        "'line.colour' was added",
                        Breaks.BACKWARD),
                arguments(
                        "required added in a list's",
                        Listed.class,
                        ListedWithRequired.class,
                        "'lines[].colour' was added",
                        Breaks.BACKWARD),
                arguments(
                        "required added in a map's",
                        Mapped.class,
                        MappedWithRequired.class,
                        "'lines{}.colour' was added",
                        Breaks.BACKWARD),
                arguments("object became a list", Nested.class, Listed.class, "", Breaks.BOTH),
                arguments("may be null now", WithRequired.class, WithOptional.class, "or null now", Breaks.FORWARD),
                arguments("must be there now", WithOptional.class, WithRequired.class, "be there now", Breaks.BACKWARD),
                arguments("object may be null", Nested.class, OptionalNested.class, "or null now", Breaks.FORWARD),
                arguments("object must be there", OptionalNested.class, Nested.class, "be there now", Breaks.BACKWARD),
                arguments("element may be null", Listed.class, ListedOrNull.class, "may be null", Breaks.FORWARD),
                arguments("element can't be null", ListedOrNull.class, Listed.class, "can't be null", Breaks.BACKWARD),
                arguments("got a default", WithRequired.class, WithDefault.class, "has a default", Breaks.NONE),
                arguments(
                        "optional got a default", WithOptional.class, WithDefault.class, "has a default", Breaks.NONE),
                arguments("lost its default", WithDefault.class, WithRequired.class, "be there now", Breaks.BACKWARD),
                arguments("other default", WithDefault.class, WithOtherDefault.class, "did not say", Breaks.BACKWARD),
                arguments("minimum raised", AtLeastOne.class, AtLeastTwo.class, "tightened", Breaks.BACKWARD),
                arguments("minimum lowered", AtLeastTwo.class, AtLeastOne.class, "loosened", Breaks.FORWARD),
                arguments("minimum added", AnInt.class, AtLeastOne.class, "tightened", Breaks.BACKWARD),
                arguments("minimum removed", AtLeastOne.class, AnInt.class, "loosened", Breaks.FORWARD),
                arguments("pattern added", AText.class, Code.class, "tightened", Breaks.BACKWARD),
                arguments("pattern removed", Code.class, AText.class, "loosened", Breaks.FORWARD),
                arguments("pattern changed", Code.class, LongerCode.class, "pattern was", Breaks.BOTH));
    }

    @ParameterizedTest(name = "{0}: {4}")
    @MethodSource("changes")
    void a_change_breaks(String change, Class<?> before, Class<?> after, String words, Breaks breaks) {
        // when
        List<Change> found = Comparison.of(SCHEMAS.ofRecord(before), SCHEMAS.ofRecord(after));

        // then
        assertThat(all(found)).isEqualTo(breaks);
        assertThat(found.toString()).as(change).contains(words);
    }

    /** What no record can say so far, and a schema could. */
    @ParameterizedTest(name = "{0} {1} to {2}: {3}")
    @CsvSource({
        "maximum, 10, 9, BACKWARD",
        "maximum, 9, 10, FORWARD",
        "maximum, , 10, BACKWARD",
        "maximum, 10, , FORWARD",
        "exclusiveMinimum, 0, 1, BACKWARD",
        "exclusiveMinimum, 1, 0, FORWARD",
        "maxLength, 20, 10, BACKWARD",
        "maxLength, 10, 20, FORWARD",
        "minLength, 1, 2, BACKWARD",
        "minLength, 1, , FORWARD",
        "maxItems, , 5, BACKWARD",
        "maxItems, 5, , FORWARD",
        "uniqueItems, , true, BACKWARD",
        "uniqueItems, true, , FORWARD",
        "multipleOf, 5, 10, BOTH",
        "oneOf, , '[{\"type\": \"object\"}]', BOTH"
    })
    void a_changed_keyword_breaks(String keyword, String before, String after, Breaks breaks) {
        assertThat(all(Comparison.of(with(keyword, before), with(keyword, after))))
                .isEqualTo(breaks);
    }

    private static ObjectNode with(String keyword, @Nullable String value) {
        ObjectNode schema = SCHEMAS.ofRecord(AText.class);
        if (value != null) {
            ((ObjectNode) schema.at("/properties/pieces")).set(keyword, Json.read(value));
        }
        return schema;
    }

    private static Breaks all(List<Change> changes) {
        return Breaks.of(
                changes.stream()
                        .anyMatch(change -> change.breaks() == Breaks.BACKWARD || change.breaks() == Breaks.BOTH),
                changes.stream()
                        .anyMatch(change -> change.breaks() == Breaks.FORWARD || change.breaks() == Breaks.BOTH));
    }

    @Test
    void other_words_for_the_same_change_nothing() {
        ObjectNode before = SCHEMAS.ofRecord(Plain.class);
        ObjectNode after = before.deepCopy().put("description", "Something else.");

        assertThat(Comparison.of(before, after)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("unsayable")
    void what_a_reader_takes_otherwise_than_a_schema_says_it_is_refused(Class<?> record, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SCHEMAS.ofRecord(record))
                .withMessage(why);
    }

    static Stream<Arguments> unsayable() {
        return Stream.of(
                arguments(
                        WithDefaultOrNull.class,
                        "'colour' of WithDefaultOrNull is @Nullable and has a @Default: say one of them."),
                arguments(
                        MappedOrNull.class,
                        "'lines' of MappedOrNull has @Nullable values: leave out the entries that have none."));
    }

    @Test
    void that_the_key_is_written_down_breaks_nobody_and_another_key_breaks_both_ways() {
        ObjectNode without = SCHEMAS.ofRecord(Plain.class);
        ObjectNode by = without.deepCopy().put("x-key", "sku");
        ObjectNode byAnother = without.deepCopy().put("x-key", "colour");

        assertThat(Comparison.of(without, by)).isEmpty();
        assertThat(Comparison.of(by, byAnother)).extracting(Change::breaks).containsExactly(Breaks.BOTH);
        assertThat(Comparison.of(by, without)).extracting(Change::breaks).containsExactly(Breaks.BOTH);
    }

    @Test
    void a_keyword_that_the_gate_does_not_know_breaks_both_ways() {
        ObjectNode before = SCHEMAS.ofRecord(Plain.class).put("x-topic", "products");
        ObjectNode after = before.deepCopy().put("x-topic", "stock");

        assertThat(Comparison.of(before, after)).extracting(Change::breaks).containsExactly(Breaks.BOTH);
    }
}
