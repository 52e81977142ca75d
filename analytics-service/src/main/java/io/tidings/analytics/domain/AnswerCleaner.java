package io.tidings.analytics.domain;

import io.tidings.bus.autoconfigure.BusProperties;
import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Clockwork;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Keeps the {@link CountedAnswers} from growing for ever: they are remembered as long as messages are. */
@Component
class AnswerCleaner extends Clockwork {

    private static final Duration EVERY = Duration.ofHours(1);

    private final CountedAnswers answers;
    private final Duration retention;

    AnswerCleaner(CountedAnswers answers, BusProperties properties, BusStatus status) {
        super("cleaning of counted answers", EVERY, EVERY, status);
        this.answers = answers;
        this.retention = properties.inbox().retention();
    }

    @Override
    protected boolean turn() {
        answers.forgetBefore(Instant.now().minus(retention));
        return false;
    }
}
