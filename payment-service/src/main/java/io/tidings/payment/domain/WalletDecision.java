package io.tidings.payment.domain;

import java.util.List;

/** What a wallet answers to a {@link WalletCommand}. */
public sealed interface WalletDecision {

    /** @param events what happens; none if it has happened already or nothing moves */
    record Accepted(List<WalletEvent> events) implements WalletDecision {

        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Refused(Refusal refusal) implements WalletDecision {}

    static WalletDecision accepted(WalletEvent... events) {
        return new Accepted(List.of(events));
    }
}
