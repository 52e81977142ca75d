package io.tidings.payment.domain;

import io.tidings.events.Money;

/** Why a wallet does not do what it is asked for. */
public sealed interface Refusal {

    /** For the user: what is wrong and what to do. */
    String sentence();

    record NoAccount() implements Refusal {

        @Override
        public String sentence() {
            return "There is no account to pay from yet: deposit money once it is open, and try again.";
        }
    }

    record InsufficientFunds(Money balance, Money amount) implements Refusal {

        @Override
        public String sentence() {
            return "The balance of %s does not cover %s: deposit %s more, and try again."
                    .formatted(balance, amount, amount.minus(balance));
        }
    }

    record OtherCurrency(String accountCurrency, Money amount) implements Refusal {

        @Override
        public String sentence() {
            return "The account is in %s and can't deal with %s: use %s instead."
                    .formatted(accountCurrency, amount, accountCurrency);
        }
    }
}
