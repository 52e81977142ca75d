package io.tidings.audit.domain.flow;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a flow stands. */
public enum FlowState {
    /** Something that it began has not ended. */
    RUNNING,
    /** Something that it began should have ended long ago. */
    STALLED,
    /** All that it began has ended, or it began nothing that must. */
    DONE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FlowState> of(String word) {
        return Stream.of(values()).filter(state -> state.word().equals(word)).findFirst();
    }

    /** All words, for whoever chose another. */
    public static String words() {
        return Stream.of(values()).map(FlowState::word).collect(Collectors.joining(", "));
    }
}
