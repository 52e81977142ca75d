package io.tidings.analytics.api;

import io.tidings.analytics.domain.Figures.Point;
import io.tidings.analytics.domain.Metric;
import io.tidings.analytics.domain.Range;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** @param points one for each bucket, also for empty ones */
record SeriesResponse(String metric, String bucket, Instant from, Instant to, List<Point> points) {

    static SeriesResponse of(Metric metric, Range range, List<Point> points) {
        return new SeriesResponse(
                metric.label(), range.width().name().toLowerCase(Locale.ROOT), range.from(), range.to(), points);
    }
}
