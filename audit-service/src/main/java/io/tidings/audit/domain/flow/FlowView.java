package io.tidings.audit.domain.flow;

import java.util.List;

/**
 * A flow in full.
 *
 * @param isWhole whether all its messages are in the tree; of very long flows only the first are
 * @param related other flows that had to do with what it began, such as the one that canceled its order
 */
public record FlowView(FlowSummary summary, CauseTree tree, boolean isWhole, List<String> related) {}
