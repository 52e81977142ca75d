package io.tidings.gateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How long and how much the gateway puts up with.
 *
 * @param connectWithin the time a service has to accept a connection; after that it counts as unreachable
 * @param answerWithin the time a service has to begin its answer; a stream may then go on for ever
 * @param retryAfter when to ask again, as told to callers of a service that cannot be reached
 * @param largestBody the largest request body that is passed on
 */
@ConfigurationProperties("tidings.gateway")
record Limits(Duration connectWithin, Duration answerWithin, Duration retryAfter, DataSize largestBody) {

    /** @throws IllegalArgumentException if nothing could be passed on like that */
    Limits {
        requirePositive("connect-within", connectWithin);
        requirePositive("answer-within", answerWithin);
        requirePositive("retry-after", retryAfter);
        Assert.isTrue(
                largestBody.toBytes() > 0,
                () -> "tidings.gateway.largest-body must be larger than nothing, and is %s.".formatted(largestBody));
    }

    private static void requirePositive(String name, Duration value) {
        Assert.isTrue(
                value.isPositive(),
                () -> "tidings.gateway.%s must be longer than nothing, and is %s.".formatted(name, value));
    }
}
