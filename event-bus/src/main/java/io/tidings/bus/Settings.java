package io.tidings.bus;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * Looks at settings when an application starts: one with which nothing would work stops it then, with a sentence that names
 * it, and not a handler in the night. For the constructors of {@code @ConfigurationProperties}.
 *
 * @param prefix what comes before the names, such as {@code tidings.email}
 */
public record Settings(String prefix) {

    /** @throws IllegalArgumentException if the number is less than that */
    public void requireAtLeast(int least, String name, int value) {
        require(value >= least, name, "at least " + least, value);
    }

    /** @throws IllegalArgumentException if the size is less than that */
    public void requireAtLeast(DataSize least, String name, DataSize value) {
        require(value.compareTo(least) >= 0, name, "at least " + least, value);
    }

    /** @throws IllegalArgumentException if the time is shorter than that */
    public void requireAtLeast(Duration least, String name, Duration value) {
        require(value.compareTo(least) >= 0, name, "at least " + least, value);
    }

    /** @throws IllegalArgumentException if the time is shorter than that of another setting */
    public void requireAsLongAs(String other, Duration least, String name, Duration value) {
        require(
                value.compareTo(least) >= 0,
                name,
                "at least as long as %s, which is %s".formatted(other, least),
                value);
    }

    /** @throws IllegalArgumentException if the time is zero, or less */
    public void requirePositive(String name, Duration value) {
        require(value.isPositive(), name, "longer than nothing", value);
    }

    /** @throws IllegalArgumentException if the time is less than zero */
    public void requireNotNegative(String name, Duration value) {
        require(!value.isNegative(), name, "no less than nothing", value);
    }

    /**
     * Of any other condition.
     *
     * @param wanted what the value must be, such as {@code between 0 and 1}
     * @throws IllegalArgumentException if it is not met
     */
    public void require(boolean met, String name, String wanted, Object value) {
        if (!met) {
            throw new IllegalArgumentException("%s.%s must be %s, and is %s.".formatted(prefix, name, wanted, value));
        }
    }
}
