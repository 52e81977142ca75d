package io.tidings.scenarios.doors;

import org.jspecify.annotations.Nullable;

/** A door answered in a way that a scenario can't go on with. */
public final class UnexpectedAnswerException extends RuntimeException {

    public UnexpectedAnswerException(Answer answer, String expected) {
        super("%s %s answered %s, and not %s.".formatted(answer.method(), answer.path(), answer.summary(), expected));
    }

    UnexpectedAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
