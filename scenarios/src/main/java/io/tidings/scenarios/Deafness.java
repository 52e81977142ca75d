package io.tidings.scenarios;

import io.tidings.scenarios.doors.Answer;
import java.util.Map;

/** A service hears no messages, as if it were down, until this is closed. */
final class Deafness implements AutoCloseable {

    /** Longer than any play waits; it ends by itself should the play break off. */
    private static final int LONGEST_SECONDS = 60;

    private static final int NOT_FOUND = 404;

    private final Stage stage;
    private final String door;

    private Deafness(Stage stage, String door) {
        this.stage = stage;
        this.door = door;
    }

    /** @throws ScenarioException if the service's test door is closed */
    static Deafness of(String service, Stage stage) {
        String door = "/services/%s/test-door/deafness".formatted(service);
        Answer answer = stage.post(door, Map.of("seconds", LONGEST_SECONDS));
        if (answer.status() == NOT_FOUND) {
            throw new ScenarioException(
                    "The test door of %s is closed, so it can't be made deaf: start it with TIDINGS_TEST_DOOR_ENABLED=true in its environment."
                            .formatted(service));
        }
        Stage.required(answer);
        return new Deafness(stage, door);
    }

    @Override
    public void close() {
        stage.delete(door);
    }
}
