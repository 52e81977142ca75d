package io.tidings.bus.publishing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.bus.Publishes;
import io.tidings.bus.notes.NoteFiled;
import io.tidings.bus.notes.NoteTaken;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class PublicationsTest {

    @Publishes(NoteTaken.class)
    static class Notes {}

    @Publishes(NoteFiled.class)
    static class Files {}

    private static final NoteTaken TAKEN = new NoteTaken("notebook", 1, "text");
    private static final NoteFiled FILED = new NoteFiled("notebook", 1);

    @Test
    void who_states_what_they_publish_is_held_to_it() {
        Publications publications = publicationsOf(Notes.class);

        publications.require(TAKEN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publications.require(FILED))
                .withMessageStartingWith("note-service publishes NoteFiled and does not say so: add it to @Publishes");
    }

    @Test
    void several_beans_may_state_it() {
        Publications publications = publicationsOf(Notes.class, Files.class);

        assertThatCode(() -> publications.require(FILED)).doesNotThrowAnyException();
    }

    @Test
    void who_states_nothing_may_publish_anything() {
        assertThatCode(() -> publicationsOf().require(TAKEN)).doesNotThrowAnyException();
    }

    private static Publications publicationsOf(Class<?>... beans) {
        var context = new AnnotationConfigApplicationContext();
        for (Class<?> bean : beans) {
            context.register(bean);
        }
        context.refresh();
        return new Publications("note-service", context);
    }
}
