package io.tidings.bus.deadletter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in a dead letter, and behind it.
 *
 * @param headers what is written on the message
 * @param payload as it came, readable or not
 * @param stack where the last attempt failed; null if there was none
 * @param ahead messages of its key that must be redriven or discarded before it
 * @param behind messages of its key that wait behind it
 */
public record DeadLetterContent(
        Map<String, String> headers,
        byte[] payload,
        @Nullable String stack,
        long ahead,
        long behind) {}
