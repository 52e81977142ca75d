package io.tidings.bus.deadletter;

import java.util.List;

/**
 * How many dead letters there are.
 *
 * @param failed messages that could not be handled
 * @param waiting messages that wait behind them
 * @param discarded messages that were given up
 * @param parkedKeys keys that are parked
 * @param reasons the most frequent reasons of those that failed
 */
public record DeadLetterCounts(long failed, long waiting, long discarded, long parkedKeys, List<Reason> reasons) {

    /** @param count messages of that type that failed for that reason */
    public record Reason(String type, String exception, String reason, long count) {}
}
