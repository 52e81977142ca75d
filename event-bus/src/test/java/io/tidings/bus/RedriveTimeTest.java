package io.tidings.bus;

import static io.tidings.bus.notes.NoteHandlers.HOPELESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.handling.Redrive;
import io.tidings.bus.handling.Redrive.Target;
import io.tidings.bus.handling.RedriveResult;
import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.Notebooks;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A redrive whose time is up while it waits for its second attempt. */
@BusTest
@TestPropertySource(
        properties = {
            "spring.application.name=hasty-notes",
            "tidings.retry.first-pause=400ms",
            "tidings.retry.longest-pause=400ms",
            "tidings.dead-letters.longest-redrive=150ms"
        })
class RedriveTimeTest {

    @Autowired
    Notebooks notebooks;

    @Autowired
    Redrive redrive;

    @Test
    void one_that_fails_once_more_before_its_time_is_up_has_failed_again_and_waits_for_no_other() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, HOPELESS);
        notebooks.awaitParked(notebook, "FAILED 1");
        UUID id = notebooks.deadLetter(notebook, 1);

        RedriveResult result = redrive.redrive(new Target.Message(id));

        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo(id);
            assertThat(failure.attempts()).as("five before, and one now").isEqualTo(6);
        });
    }
}
