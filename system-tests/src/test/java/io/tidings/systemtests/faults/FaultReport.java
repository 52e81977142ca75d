package io.tidings.systemtests.faults;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run found.
 *
 * @param faults how many of each kind were injected
 * @param orders by where they ended
 * @param requests what the callers asked for, and how often they had to ask again
 * @param drainedAfterSeconds from when the last fault was mended until nothing was left to do
 */
record FaultReport(
        long seed,
        long seconds,
        Map<String, Integer> faults,
        Map<String, Long> orders,
        Map<String, Long> requests,
        Map<String, Long> messages,
        double drainedAfterSeconds,
        long lost,
        long twice,
        long outOfOrder,
        List<Finding> findings) {

    boolean isClean() {
        return findings.isEmpty();
    }

    String toText() {
        return """
                Faults with seed %d for %d s: %s
                  faults    %s
                  orders    %s
                  requests  %s
                  messages  %s
                  drained   %.1f s after the last fault
                  lost %d, twice %d, out of order %d
                %s""".formatted(
                seed,
                seconds,
                isClean() ? "nothing was damaged" : "DAMAGE",
                faults,
                orders,
                requests,
                messages,
                drainedAfterSeconds,
                lost,
                twice,
                outOfOrder,
                findings.stream()
                        .map(finding -> "  %s %d: %s%n".formatted(finding.damage(), finding.count(), finding.what()))
                        .collect(Collectors.joining()));
    }

    String toJson() {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(this);
    }
}
