package io.tidings.bus.handling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.EventHandler;
import io.tidings.bus.message.TypeName;
import io.tidings.bus.notes.NoteTaken;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class HandledTypesTest {

    static class Listener {

        @EventHandler
        void on(NoteTaken note) {}
    }

    private final HandledTypes types = ofAServiceThatListensToNotes();

    @Test
    void a_type_that_is_handled_is_looked_up_once() {
        HandledType found = types.find("io.tidings.NoteTaken.v1").orElseThrow();

        assertThat(found.name()).isEqualTo(new TypeName("io.tidings", "NoteTaken", 1));
        assertThat(found.messageClass()).isEqualTo(NoteTaken.class);
        assertThat(types.find("io.tidings.NoteTaken.v1").orElseThrow()).isSameAs(found);
    }

    @Test
    void what_nobody_handles_and_what_is_of_another_form_is_none() {
        assertThat(types.find("io.tidings.NoteBurned.v1")).isEmpty();
        assertThat(types.find("NoteTaken")).isEmpty();
        assertThat(types.find("")).isEmpty();
    }

    @Test
    void what_strangers_call_a_type_is_handled_and_not_remembered_without_end() {
        // given
        HandledType ours = types.find("io.tidings.NoteTaken.v1").orElseThrow();
        // when
        IntStream.range(1, HandledTypes.MOST_REMEMBERED)
                .forEach(number -> assertThat(types.find("stranger-%d.NoteTaken.v1".formatted(number)))
                        .isPresent());
        // then
        assertThat(isRemembered("stranger-1.NoteTaken.v1")).isTrue();
        assertThat(isRemembered("one-too-many.NoteTaken.v1")).isFalse();
        assertThat(types.find("io.tidings.NoteTaken.v1").orElseThrow()).isSameAs(ours);
    }

    @Test
    void a_long_type_is_handled_and_not_remembered() {
        String end = ".NoteTaken.v1";

        assertThat(isRemembered("n".repeat(HandledTypes.LONGEST_REMEMBERED - end.length()) + end))
                .isTrue();
        assertThat(isRemembered("n".repeat(HandledTypes.LONGEST_REMEMBERED - end.length() + 1) + end))
                .isFalse();
    }

    /** What is remembered is the same when it is asked for again, and not only equal. */
    private boolean isRemembered(String wireType) {
        return types.find(wireType).orElseThrow() == types.find(wireType).orElseThrow();
    }

    private static HandledTypes ofAServiceThatListensToNotes() {
        var context = new AnnotationConfigApplicationContext();
        context.register(Listener.class);
        context.registerBean(HandlerRegistry.class, () -> new HandlerRegistry(context));
        context.refresh();
        return new HandledTypes(context.getBean(HandlerRegistry.class));
    }
}
