package io.tidings.warehouse.domain;

import io.tidings.events.Fulfilment;
import java.util.Optional;

/** What is done about the stock of an order. */
enum Step {
    RESERVE,
    REJECT,
    RELEASE,
    SHIP,
    /** Remember that nothing is to be set aside. */
    DECLINE,
    /** Remember that nothing is to be set aside, and say so. */
    DECLINE_AND_TELL,
    /** Say again that it is set aside. */
    TELL_RESERVED,
    /** Say again what was missing. */
    TELL_REJECTED,
    /** Say again that nothing is set aside. */
    TELL_RELEASED;

    /**
     * What the news ask for. What an orchestrator asks for is always answered, so that it may ask again; and what it
     * had set aside is released by it alone.
     *
     * @param standing of the reservation; empty if we have not heard of the order
     * @return nothing if it has been done already, or there is nothing to do
     */
    static Optional<Step> decide(Optional<Standing> standing, ReservationNews news) {
        return switch (news) {
            case ReservationNews.Requested(var missing) ->
                standing.isPresent() ? Optional.empty() : Optional.of(missing.isEmpty() ? RESERVE : REJECT);
            case ReservationNews.CalledOff calledOff ->
                standing.isPresent() ? releaseIfNobodyElseDoes(standing.get()) : Optional.of(DECLINE);
            case ReservationNews.ReservationAsked(var missing) ->
                Optional.of(
                        standing.isPresent() ? tell(standing.get().status()) : missing.isEmpty() ? RESERVE : REJECT);
            case ReservationNews.ReleaseAsked asked ->
                standing.isPresent() ? release(standing.get().status()) : Optional.of(DECLINE_AND_TELL);
            case ReservationNews.Shipped shipped ->
                standing.filter(known -> known.status() == ReservationStatus.RESERVED)
                        .map(reserved -> SHIP);
        };
    }

    private static Optional<Step> releaseIfNobodyElseDoes(Standing standing) {
        return switch (standing.status()) {
            case RESERVED -> standing.fulfilment() == Fulfilment.CHOREOGRAPHY ? Optional.of(RELEASE) : Optional.empty();
            case REJECTED, RELEASED, SHIPPED, DECLINED -> Optional.empty();
        };
    }

    private static Step tell(ReservationStatus status) {
        return switch (status) {
            case RESERVED, SHIPPED -> TELL_RESERVED;
            case REJECTED -> TELL_REJECTED;
            case RELEASED, DECLINED -> TELL_RELEASED;
        };
    }

    private static Optional<Step> release(ReservationStatus status) {
        return switch (status) {
            case RESERVED -> Optional.of(RELEASE);
            case REJECTED, RELEASED, DECLINED -> Optional.of(TELL_RELEASED);
            // Only what is completed has left, and nobody calls a completed order off.
            case SHIPPED -> Optional.empty();
        };
    }
}
