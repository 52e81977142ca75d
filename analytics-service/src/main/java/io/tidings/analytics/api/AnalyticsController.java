package io.tidings.analytics.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.tidings.analytics.domain.Figures;
import io.tidings.analytics.domain.Metric;
import io.tidings.analytics.domain.Range;
import io.tidings.analytics.domain.Width;
import io.tidings.bus.web.Problem;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/analytics")
class AnalyticsController {

    private final Figures figures;

    AnalyticsController(Figures figures) {
        this.figures = figures;
    }

    /** Of all time, or of a range by the minute. */
    @GetMapping("/summary")
    @Operation(summary = "Shows the figures of all time, or of at most 31 days.")
    SummaryResponse summary(
            @RequestParam(required = false) @Parameter(description = "at most 31 days before to") @Nullable
                    Instant from,
            @RequestParam(required = false) @Parameter(description = "now if only from is given") @Nullable
                    Instant to) {
        Range range = new RangeRequest(from, to).forSummary();
        return SummaryResponse.of(range, figures.summary(range));
    }

    @GetMapping("/series")
    @Operation(summary = "Shows how one figure went, bucket by bucket.")
    SeriesResponse series(
            @RequestParam(required = false)
                    @Parameter(
                            description =
                                    "must be given, such as orders-placed or revenue.USD; the answer to another lists all")
                    @Nullable
                    String metric,
            @RequestParam(required = false) @Parameter(description = "must be given: minute, hour or day") @Nullable
                    String bucket,
            @RequestParam(required = false)
                    @Parameter(description = "at most 1500 buckets before to; if left out, there are 60")
                    @Nullable
                    Instant from,
            @RequestParam(required = false) @Parameter(description = "now if left out") @Nullable Instant to) {
        Metric wanted = Metric.named(metric == null ? "" : metric)
                .orElseThrow(
                        () -> Problem.badRequest("metric", "must be one of " + String.join(", ", Metric.labels())));
        Range range = new RangeRequest(from, to).forSeries(width(bucket));
        return SeriesResponse.of(wanted, range, figures.series(wanted, range));
    }

    private static Width width(@Nullable String bucket) {
        for (Width width : Width.values()) {
            if (width.name().toLowerCase(Locale.ROOT).equals(bucket)) {
                return width;
            }
        }
        throw Problem.badRequest("bucket", "must be minute, hour or day");
    }
}
