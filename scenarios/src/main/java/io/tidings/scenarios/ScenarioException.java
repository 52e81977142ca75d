package io.tidings.scenarios;

/** A scenario can't go on. The message says what is missing. */
public final class ScenarioException extends RuntimeException {

    public ScenarioException(String message) {
        super(message);
    }
}
