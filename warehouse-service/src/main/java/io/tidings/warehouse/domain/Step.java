package io.tidings.warehouse.domain;

import io.tidings.events.Fulfilment;
import io.tidings.events.inventory.MissingStock;
import java.util.List;
import java.util.Optional;

/** What is done about the stock of an order. */
sealed interface Step {

    record Reserve(StockRequest request) implements Step {}

    record Reject(StockRequest request, List<MissingStock> missing) implements Step {}

    record Release() implements Step {}

    record Ship() implements Step {}

    /** Remember that nothing is to be set aside. */
    record Decline() implements Step {}

    /** Remember that nothing is to be set aside, and say so. */
    record DeclineAndTell() implements Step {}

    /** Say again that it is set aside. */
    record TellReserved(StockRequest request) implements Step {}

    /** Say again what was missing. */
    record TellRejected(StockRequest request) implements Step {}

    /** Say again that nothing is set aside. */
    record TellReleased() implements Step {}

    /**
     * What the news ask for. What an orchestrator asks for is always answered, so that it may ask again; and what it
     * had set aside is released by it alone.
     *
     * @param standing of the reservation; empty if we have not heard of the order
     * @return nothing if it has been done already, or there is nothing to do
     */
    static Optional<Step> decide(Optional<Standing> standing, ReservationNews news) {
        return switch (news) {
            case ReservationNews.Requested(var request, var missing) ->
                standing.isPresent() ? Optional.empty() : Optional.of(reserveOrReject(request, missing));
            case ReservationNews.CalledOff calledOff ->
                standing.isPresent() ? releaseIfNobodyElseDoes(standing.get()) : Optional.of(new Decline());
            case ReservationNews.ReservationAsked(var request, var missing) ->
                Optional.of(
                        standing.isPresent()
                                ? tell(standing.get().status(), request)
                                : reserveOrReject(request, missing));
            case ReservationNews.ReleaseAsked asked ->
                standing.isPresent() ? release(standing.get().status()) : Optional.of(new DeclineAndTell());
            case ReservationNews.Shipped shipped ->
                standing.filter(known -> known.status() == ReservationStatus.RESERVED)
                        .map(reserved -> new Ship());
        };
    }

    private static Step reserveOrReject(StockRequest request, List<MissingStock> missing) {
        return missing.isEmpty() ? new Reserve(request) : new Reject(request, missing);
    }

    private static Optional<Step> releaseIfNobodyElseDoes(Standing standing) {
        return switch (standing.status()) {
            case RESERVED ->
                standing.fulfilment() == Fulfilment.CHOREOGRAPHY ? Optional.of(new Release()) : Optional.empty();
            case REJECTED, RELEASED, SHIPPED, DECLINED -> Optional.empty();
        };
    }

    private static Step tell(ReservationStatus status, StockRequest request) {
        return switch (status) {
            case RESERVED, SHIPPED -> new TellReserved(request);
            case REJECTED -> new TellRejected(request);
            case RELEASED, DECLINED -> new TellReleased();
        };
    }

    private static Optional<Step> release(ReservationStatus status) {
        return switch (status) {
            case RESERVED -> Optional.of(new Release());
            case REJECTED, RELEASED, DECLINED -> Optional.of(new TellReleased());
            // Only what is completed has left, and nobody calls a completed order off.
            case SHIPPED -> Optional.empty();
        };
    }
}
