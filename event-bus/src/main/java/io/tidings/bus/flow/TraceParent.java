package io.tidings.bus.flow;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace, by <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>.
 *
 * @param traceId 32 hexadecimal digits, the same for the whole trace
 * @param parentId 16 hexadecimal digits, of the step that comes before
 * @param flags 2 hexadecimal digits; {@code 01} if the trace is recorded
 */
public record TraceParent(String traceId, String parentId, String flags) {

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String RECORDED = "01";

    /** The first place in a new trace. */
    static TraceParent first() {
        return new TraceParent(randomDigits() + randomDigits(), randomDigits(), RECORDED);
    }

    /** The place that a {@code traceparent} header names; empty if it is absent or malformed, as the standard asks. */
    public static Optional<TraceParent> parse(@Nullable String header) {
        if (header == null || !FORM.matcher(header).matches()) {
            return Optional.empty();
        }
        String[] parts = header.split("-");
        return Optional.of(new TraceParent(parts[1], parts[2], parts[3]));
    }

    /** The next place in the same trace. */
    TraceParent next() {
        return new TraceParent(traceId, randomDigits(), flags);
    }

    private static String randomDigits() {
        long digits = ThreadLocalRandom.current().nextLong();
        return HexFormat.of().toHexDigits(digits == 0 ? 1 : digits);
    }

    /** As the header is written. */
    @Override
    public String toString() {
        return "00-" + traceId + "-" + parentId + "-" + flags;
    }
}
