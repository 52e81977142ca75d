package io.tidings.bus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.Notebooks;
import io.tidings.bus.operations.Subscription;
import io.tidings.bus.web.DeafnessDoor.Deafness;
import io.tidings.infrastructure.test.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.ErrorResponseException;

@BusTest
class DeafnessDoorTest {

    @Autowired
    Subscription subscription;

    @Autowired
    Notebooks notebooks;

    private DeafnessDoor door;

    @BeforeEach
    void someone_opens_the_door() {
        door = new DeafnessDoor("note-service", subscription);
    }

    @AfterEach
    void all_is_heard_again() {
        door.hear();
        door.destroy();
    }

    @Test
    void a_deaf_service_hears_nothing_and_later_all_that_it_has_missed() {
        // given
        String notebook = notebooks.anyName();
        notebooks.take(notebook, "before");
        notebooks.awaitApplied(notebook, 1);

        // when
        door.begin(new Deafness(60));
        notebooks.turnPage(notebook, "meanwhile");
        notebooks.turnPage(notebook, "and again");
        new Topic("notes").awaitRecord(notebook, record -> record.value().contains("and again"));

        // then
        assertThat(notebooks.applied(notebook)).containsExactly(1);
        door.hear();
        notebooks.awaitApplied(notebook, 1, 1, 2);
    }

    @Test
    void deafness_ends_by_itself() {
        String notebook = notebooks.anyName();

        door.begin(new Deafness(1));
        notebooks.take(notebook, "meanwhile");

        notebooks.awaitApplied(notebook, 1);
    }

    @Test
    void asked_again_the_time_begins_anew_and_to_end_what_has_ended_does_no_harm() {
        door.begin(new Deafness(60));
        door.begin(new Deafness(1));

        await().until(subscription::isRunning);
        door.hear();
        assertThat(subscription.isRunning()).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {-1, 0, 301})
    void a_time_that_is_none_is_refused_and_the_service_hears_on(@Nullable Integer seconds) {
        assertThatThrownBy(() -> door.begin(new Deafness(seconds)))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refused ->
                                assertThat(refused.getBody().getDetail()).isEqualTo("seconds: must be from 1 to 300"));
        assertThat(subscription.isRunning()).isTrue();
    }
}
