package io.tidings.benchmarks.contender;

/**
 * A load that a contender is asked to put on itself.
 *
 * @param writers threads, each with one transaction at a time
 * @param milliseconds how long they begin new ones
 * @param orders how many orders are changed again and again; 0 for a new order each time
 * @param perSecond transactions of all writers together; 0 for as many as they can
 */
public record Load(int writers, long milliseconds, int orders, int perSecond) {

    public static final String TASK = "load";
}
