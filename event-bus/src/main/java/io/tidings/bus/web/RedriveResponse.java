package io.tidings.bus.web;

import io.tidings.bus.deadletter.ParkedKeys;
import io.tidings.bus.handling.RedriveResult;
import java.util.List;

/**
 * What came of a redrive.
 *
 * @param redriven messages that were handled
 * @param failedAgain messages that failed again, one for each key at most; their keys stay parked
 * @param failures the first 100 of them
 * @param finished false if time was up before all was tried: ask again
 * @param parkedMessages how many wait in the whole service now
 * @param parkedKeys of how many keys
 */
record RedriveResponse(
        int redriven,
        int failedAgain,
        List<RedriveResult.Failure> failures,
        boolean finished,
        long parkedMessages,
        long parkedKeys) {

    static RedriveResponse of(RedriveResult result, ParkedKeys.Extent left) {
        return new RedriveResponse(
                result.redriven(), result.failed(), result.failures(), result.finished(), left.messages(), left.keys());
    }
}
