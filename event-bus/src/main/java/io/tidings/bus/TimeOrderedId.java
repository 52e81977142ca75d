package io.tidings.bus;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;

/** Makes ids that sort by the time they were made (UUIDv7, RFC 9562), so that tables grow at their end. */
public final class TimeOrderedId {

    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    private TimeOrderedId() {}

    public static UUID next() {
        return GENERATOR.generate();
    }
}
