package io.tidings.audit.api;

import java.time.Duration;
import java.util.Locale;

/** Time since the start of a flow, short enough for a label. */
final class DiagramTime {

    private DiagramTime() {}

    /** Such as {@code +0.4 ms}, {@code +12 ms} or {@code +3.2 s}. */
    static String of(Duration afterStart) {
        double millis = FlowSummaryResponse.millis(afterStart);
        if (Math.abs(millis) < 10) {
            return String.format(Locale.ROOT, "%+.1f ms", millis);
        }
        return Math.abs(millis) < 1_000
                ? String.format(Locale.ROOT, "%+.0f ms", millis)
                : String.format(Locale.ROOT, "%+.1f s", millis / 1_000);
    }
}
