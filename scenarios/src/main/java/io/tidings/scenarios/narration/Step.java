package io.tidings.scenarios.narration;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a scenario tells. */
public sealed interface Step {

    /** What is about to happen, in a sentence. */
    record Said(String sentence) implements Step {}

    /** What was found, one thing a line. */
    record Listed(List<String> items) implements Step {

        public Listed {
            items = List.copyOf(items);
        }
    }

    /**
     * A call through the gateway.
     *
     * @param status of the last answer
     * @param took the time that the last answer took
     * @param asked how often the call was made until the system was ready for it
     */
    record Called(String method, String path, int status, Duration took, int asked) implements Step {}

    /** What followed from a call, as trees of causes and consequences. */
    record Followed(String correlationId, List<Consequence> events) implements Step {

        public Followed {
            events = List.copyOf(events);
        }
    }

    /**
     * Something that must be so.
     *
     * @param what such as "the order's status"
     * @param readFrom where the actual value was read; null if not from one place
     */
    record Checked(
            String what,
            boolean passed,
            String expected,
            String actual,
            @Nullable String readFrom) implements Step {}
}
