package io.tidings.analytics.api;

import io.tidings.analytics.domain.Figures;
import io.tidings.analytics.domain.Metric;
import io.tidings.analytics.domain.Range;
import io.tidings.analytics.domain.Width;
import io.tidings.bus.web.Problem;
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
    SummaryResponse summary(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        Range range = new RangeRequest(from, to).forSummary();
        return SummaryResponse.of(range, figures.summary(range));
    }

    @GetMapping("/series")
    SeriesResponse series(
            @RequestParam(required = false) @Nullable String metric,
            @RequestParam(required = false) @Nullable String bucket,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
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
