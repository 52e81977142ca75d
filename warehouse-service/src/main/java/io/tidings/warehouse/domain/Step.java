package io.tidings.warehouse.domain;

import java.util.Optional;

/** What is done with the stock of an order. */
enum Step {
    RESERVE(ReservationStatus.RESERVED),
    REJECT(ReservationStatus.REJECTED),
    RELEASE(ReservationStatus.RELEASED),
    SHIP(ReservationStatus.SHIPPED),
    DECLINE(ReservationStatus.DECLINED);

    private final ReservationStatus leadsTo;

    Step(ReservationStatus leadsTo) {
        this.leadsTo = leadsTo;
    }

    ReservationStatus leadsTo() {
        return leadsTo;
    }

    /**
     * What the news ask for.
     *
     * @param status where the reservation stands; empty if we have not heard of the order
     * @return nothing if it has been done already, or there is nothing to do
     */
    static Optional<Step> decide(Optional<ReservationStatus> status, ReservationNews news) {
        return switch (news) {
            case ReservationNews.Requested(var missing) ->
                status.isPresent() ? Optional.empty() : Optional.of(missing.isEmpty() ? RESERVE : REJECT);
            case ReservationNews.CalledOff calledOff ->
                status.isEmpty() ? Optional.of(DECLINE) : ifReserved(status.get(), RELEASE);
            case ReservationNews.Shipped shipped -> status.flatMap(known -> ifReserved(known, SHIP));
        };
    }

    private static Optional<Step> ifReserved(ReservationStatus status, Step step) {
        return switch (status) {
            case RESERVED -> Optional.of(step);
            case REJECTED, RELEASED, SHIPPED, DECLINED -> Optional.empty();
        };
    }
}
