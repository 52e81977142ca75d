package io.tidings.infrastructure;

import java.util.Arrays;
import java.util.stream.Stream;

/** What an {@link Infrastructure} consists of. Each part starts by itself when it is first asked for. */
public enum Part {
    KAFKA,
    POSTGRES,
    MAIL;

    static Stream<Part> orAll(Part... parts) {
        return Arrays.stream(parts.length == 0 ? values() : parts).distinct();
    }
}
