package io.tidings.audit.domain.flow;

import java.util.List;

/** @param isLast whether nothing follows */
public record FlowPage(List<FlowSummary> flows, boolean isLast) {}
