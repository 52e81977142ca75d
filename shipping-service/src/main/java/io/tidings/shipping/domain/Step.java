package io.tidings.shipping.domain;

import io.tidings.events.Fulfilment;
import java.util.Optional;
import java.util.UUID;

/** What is done about the shipment of an order. */
sealed interface Step {

    record Ship(UUID userId, Fulfilment fulfilment) implements Step {}

    record CallBack() implements Step {}

    /** Remember that nothing is to be shipped. */
    record Decline() implements Step {}

    /** Remember that nothing is to be shipped, and say so. */
    record DeclineAndTell() implements Step {}

    /** Say again that it is on its way. */
    record TellCreated(UUID userId) implements Step {}

    /** Say again that it is not, and will not be. */
    record TellCanceled() implements Step {}

    /**
     * What the news ask for. What an orchestrator asks for is always answered, so that it may ask again; and what it
     * had shipped is called back by it alone.
     *
     * @param standing of the shipment; empty if we have not heard of the order
     * @return nothing if it has been done already, or there is nothing to do
     */
    static Optional<Step> decide(Optional<Standing> standing, ShipmentNews news) {
        return switch (news) {
            case ShipmentNews.Paid(UUID userId, Fulfilment fulfilment) ->
                standing.isPresent() ? Optional.empty() : Optional.of(new Ship(userId, fulfilment));
            case ShipmentNews.Canceled canceled ->
                standing.isPresent() ? callBackIfNobodyElseDoes(standing.get()) : Optional.of(new Decline());
            case ShipmentNews.Asked(UUID userId) ->
                Optional.of(
                        standing.isPresent()
                                ? tell(standing.get().status(), userId)
                                : new Ship(userId, Fulfilment.ORCHESTRATION));
            case ShipmentNews.AskedBack askedBack ->
                Optional.of(standing.isPresent() ? callBack(standing.get().status()) : new DeclineAndTell());
        };
    }

    private static Optional<Step> callBackIfNobodyElseDoes(Standing standing) {
        return switch (standing.status()) {
            case CREATED ->
                standing.fulfilment() == Fulfilment.CHOREOGRAPHY ? Optional.of(new CallBack()) : Optional.empty();
            case CANCELED, DECLINED -> Optional.empty();
        };
    }

    private static Step tell(ShipmentStatus status, UUID userId) {
        return switch (status) {
            case CREATED -> new TellCreated(userId);
            case CANCELED, DECLINED -> new TellCanceled();
        };
    }

    private static Step callBack(ShipmentStatus status) {
        return switch (status) {
            case CREATED -> new CallBack();
            case CANCELED, DECLINED -> new TellCanceled();
        };
    }
}
