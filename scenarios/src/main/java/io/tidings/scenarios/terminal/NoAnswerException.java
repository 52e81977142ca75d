package io.tidings.scenarios.terminal;

/** What was asked can't be answered. The message is a sentence that says why. */
final class NoAnswerException extends RuntimeException {

    NoAnswerException(String message) {
        super(message);
    }
}
