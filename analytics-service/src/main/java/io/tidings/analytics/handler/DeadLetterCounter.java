package io.tidings.analytics.handler;

import io.tidings.analytics.domain.Statistics;
import io.tidings.bus.MessageRecorder;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.publishing.DeadLetter;
import io.tidings.bus.publishing.Discard;
import io.tidings.events.Services;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Counts what services could not handle, whatever it is. */
@Component
class DeadLetterCounter implements MessageRecorder {

    private static final Set<String> TOPICS =
            Services.WITH_DEAD_LETTERS.stream().map(DeadLetter::topicOf).collect(Collectors.toUnmodifiableSet());

    private final Statistics statistics;

    DeadLetterCounter(Statistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public Set<String> topics() {
        return TOPICS;
    }

    @Override
    public void record(List<Envelope> deadLetters) {
        // A discard is told on the same topic, and is no further failure.
        deadLetters.stream()
                .filter(Predicate.not(Discard::isToldBy))
                .forEach(deadLetter -> statistics.deadLetter(deadLetter.topic(), deadLetter.time()));
    }
}
