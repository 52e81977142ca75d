package io.tidings.benchmarks.contender;

/**
 * How far a consumer is.
 *
 * @param written rows, committed or not
 */
public record Consumed(long written) {

    public static final String HOLD_TASK = "hold";
    public static final String RESUME_TASK = "resume";
    public static final String PROGRESS_TASK = "progress";
}
