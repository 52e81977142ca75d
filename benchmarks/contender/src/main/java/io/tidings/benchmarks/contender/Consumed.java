package io.tidings.benchmarks.contender;

/**
 * How far a consumer is.
 *
 * @param written rows, committed or not
 * @param firstFetchAt when it got the first records since it was told to resume, in microseconds since 1970; 0 if none yet
 */
public record Consumed(long written, long firstFetchAt) {

    public static final String HOLD_TASK = "hold";
    public static final String RESUME_TASK = "resume";
    public static final String PROGRESS_TASK = "progress";
}
