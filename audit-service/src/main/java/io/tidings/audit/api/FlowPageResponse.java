package io.tidings.audit.api;

import io.tidings.audit.domain.flow.FlowPage;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param next the cursor of the next page; null if this is the last */
record FlowPageResponse(
        List<FlowSummaryResponse> flows, @Nullable UUID next) {

    static FlowPageResponse of(FlowPage page) {
        return new FlowPageResponse(
                page.flows().stream().map(FlowSummaryResponse::of).toList(),
                page.isLast() ? null : page.flows().getLast().firstEventId());
    }
}
