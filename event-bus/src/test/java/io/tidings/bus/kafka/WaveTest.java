package io.tidings.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.outbox.Broker;
import io.tidings.bus.outbox.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Which of a key's messages may follow one that failed. The moment between the two is hit on no real broker at will. */
class WaveTest {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final OutboxMessage first = message(1);
    private final OutboxMessage second = message(2);

    @Test
    void nothing_of_a_key_follows_a_message_for_which_the_producer_lost_patience() {
        FailingProducer producer = new FailingProducer(new TimeoutException("It took too long."));
        Wave wave = new Wave(producer, Set.of());

        Broker.Receipt receipt = wave.send(List.of(first, second), PATIENCE);

        assertThat(receipt.acknowledged()).isEmpty();
        assertThat(receipt.refused()).isEmpty();
        assertThat(receipt.unreachable()).isPresent();
        assertThat(wave.isBrokenOff()).isTrue();
    }

    @Test
    void nothing_of_a_key_follows_a_message_that_was_refused_and_the_broker_counts_as_heard() {
        FailingProducer producer = new FailingProducer(new RecordTooLargeException("It is too large."));
        Wave wave = new Wave(producer, Set.of());

        Broker.Receipt receipt = wave.send(List.of(first, second), PATIENCE);

        assertThat(receipt.acknowledged()).isEmpty();
        assertThat(receipt.refused()).containsOnlyKeys(first.id());
        assertThat(wave.isBrokenOff()).isTrue();
    }

    private static OutboxMessage message(long id) {
        return new OutboxMessage(
                id,
                new Envelope(
                        TimeOrderedId.next(),
                        "notes",
                        "notebook",
                        "io.tidings.NoteTaken.v1",
                        "/note-service",
                        Instant.EPOCH,
                        "flow",
                        null,
                        null,
                        Map.of(),
                        new byte[0]));
    }

    /** Fails the first message in a thread of its own, as the I/O thread does, and then sends on what it may. */
    private static final class FailingProducer extends MockProducer<String, byte[]> {

        private final RuntimeException failure;

        private FailingProducer(RuntimeException failure) {
            super(false, null, new StringSerializer(), new ByteArraySerializer());
            this.failure = failure;
        }

        @Override
        public void flush() {
            Thread inputAndOutput = Thread.ofPlatform().start(() -> errorNext(failure));
            try {
                inputAndOutput.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            super.flush();
        }
    }
}
