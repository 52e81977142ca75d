package io.tidings.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.events.user.UserProfileUpdated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpcastersTest {

    /** Adds a stone for the version that it lifts. */
    abstract static class Stone implements Upcaster {

        private final int from;

        Stone(int from) {
            this.from = from;
        }

        @Override
        public int from() {
            return from;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Map<String, @Nullable Object> upcast(Map<String, @Nullable Object> older) {
            List<Integer> stones = new ArrayList<>((List<Integer>) older.getOrDefault("stones", List.of()));
            stones.add(from);
            older.put("stones", stones);
            return older;
        }
    }

    static final class First extends Stone {
        First() {
            super(1);
        }
    }

    static final class Second extends Stone {
        Second() {
            super(2);
        }
    }

    static final class Third extends Stone {
        Third() {
            super(3);
        }
    }

    static final class AnotherThird extends Stone {
        AnotherThird() {
            super(3);
        }
    }

    @EventType(
            name = "WallBuilt",
            version = 4,
            topic = "walls",
            upcasters = {Third.class, First.class, Second.class})
    record WallBuilt(String key, List<Integer> stones) implements Event {}

    @EventType(
            name = "WallBuilt",
            version = 4,
            topic = "walls",
            upcasters = {First.class, Third.class})
    record WithAGap(String key) implements Event {}

    @CommandType(name = "BuildWall", version = 4, topic = "walls", upcasters = Third.class)
    record FromTheThird(String key) implements Command {}

    @EventType(
            name = "WallBuilt",
            version = 4,
            topic = "walls",
            upcasters = {Third.class, AnotherThird.class})
    record WithTwoOfOne(String key) implements Event {}

    @ParameterizedTest
    @CsvSource({"1, '[1, 2, 3]'", "2, '[2, 3]'", "3, '[3]'"})
    void an_older_version_goes_step_by_step_to_the_newest(int version, String stones) {
        Map<String, @Nullable Object> lifted = Upcasters.of(WallBuilt.class).lift(new HashMap<>(), version);

        assertThat(lifted.get("stones")).hasToString(stones);
    }

    @Test
    void the_newest_version_stays_as_it_is() {
        assertThat(Upcasters.of(WallBuilt.class).lift(new HashMap<>(), 4)).isEmpty();
    }

    @Test
    void a_chain_may_begin_late_but_has_no_gap_and_no_fork() {
        assertThat(Upcasters.of(FromTheThird.class).oldest()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Upcasters.of(WithAGap.class))
                .withMessageContaining("lift versions [1, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Upcasters.of(WithTwoOfOne.class))
                .withMessageContaining("both lift version 3");
    }

    @Test
    void what_is_newer_or_too_old_is_refused_with_both_versions_and_what_to_do() {
        Upcasters upcasters = Upcasters.of(FromTheThird.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> upcasters.lift(new HashMap<>(), 5))
                .withMessage("BuildWall came in version 5, and this service knows it up to version 4:"
                        + " deploy the service with version 5, and redrive it.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> upcasters.lift(new HashMap<>(), 2))
                .withMessageContaining("versions 3 to 4: add an upcaster for version 2");
    }

    @ParameterizedTest
    @CsvSource({
        "Ada Lovelace, Ada, Lovelace",
        "Ada King Lovelace, Ada King, Lovelace",
        "'  Ada   Lovelace ', Ada, Lovelace",
        "Ada, Ada, ''",
        "'', '', ''"
    })
    void one_name_becomes_two(String name, String givenName, String familyName) {
        // given
        Map<String, @Nullable Object> older = new HashMap<>();
        older.put("newProfile", Map.of("name", name, "interests", List.of("engines")));

        // when
        Map<String, @Nullable Object> lifted =
                Upcasters.of(UserProfileUpdated.class).lift(older, 1);

        // then
        assertThat(lifted.get("newProfile"))
                .isEqualTo(Map.of("givenName", givenName, "familyName", familyName, "interests", List.of("engines")));
    }
}
