package io.tidings.payment.domain;

import io.tidings.events.Event;
import java.util.List;

/**
 * What follows from a {@link PaymentCommand}.
 *
 * @param payment where it stands now
 * @param walletEvents what happens to the user's wallet
 * @param news what others are told
 */
record PaymentDecision(Payment payment, List<WalletEvent> walletEvents, List<Event> news) {

    PaymentDecision {
        walletEvents = List.copyOf(walletEvents);
        news = List.copyOf(news);
    }

    static PaymentDecision only(Payment payment) {
        return new PaymentDecision(payment, List.of(), List.of());
    }
}
