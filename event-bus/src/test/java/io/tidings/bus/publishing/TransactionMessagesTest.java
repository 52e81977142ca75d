package io.tidings.bus.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.message.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransactionMessagesTest {

    private final List<String> departed = new ArrayList<>();
    private final TransactionMessages messages = new TransactionMessages(
            batch -> {
                batch.forEach(message -> departed.add(message.key()));
                return () -> {};
            },
            () -> {});

    @Test
    void what_was_published_since_a_savepoint_does_not_depart_when_it_is_taken_back_to() {
        messages.add(about("before"));
        messages.savepoint("middle");
        messages.add(about("never happened"));
        messages.savepointRollback("middle");
        messages.add(about("after"));

        messages.depart();

        assertThat(departed).containsExactly("before", "after");
    }

    @Test
    void nothing_departs_when_a_savepoint_of_before_the_first_message_is_taken_back_to() {
        messages.add(about("never happened"));
        messages.savepointRollback("beginning");

        messages.depart();

        assertThat(departed).isEmpty();
    }

    private static Envelope about(String key) {
        return new Envelope(
                UUID.randomUUID(),
                "notes",
                key,
                "io.tidings.NoteTaken.v1",
                "/notes",
                Instant.EPOCH,
                "flow",
                null,
                null,
                Map.of(),
                new byte[0]);
    }
}
