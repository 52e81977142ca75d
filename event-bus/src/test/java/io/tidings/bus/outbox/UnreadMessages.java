package io.tidings.bus.outbox;

import io.tidings.bus.message.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Messages of a topic that nobody listens to. */
final class UnreadMessages {

    private UnreadMessages() {}

    static List<Envelope> some(int count) {
        return Stream.generate(UnreadMessages::any).limit(count).toList();
    }

    private static Envelope any() {
        return new Envelope(
                UUID.randomUUID(),
                "notes-that-nobody-reads",
                "any notebook",
                "io.tidings.NoteTaken.v1",
                "/test",
                Instant.now(),
                "any flow",
                null,
                null,
                Map.of(),
                new byte[400]);
    }
}
