package io.tidings.events;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount of money; never a fraction of its smallest unit.
 *
 * @param minorUnits in the currency's smallest unit: 1999 is $19.99
 * @param currency an ISO 4217 code, such as {@code USD}
 */
public record Money(
        long minorUnits, @Matching(Money.CURRENCY) String currency) {

    static final String CURRENCY = "[A-Z]{3}";

    /** Of currencies that the JDK does not know, and of gold and its like, for which it knows no smaller unit. */
    private static final int USUAL_FRACTION_DIGITS = 2;

    public Money {
        if (!currency.matches(CURRENCY)) {
            throw new IllegalArgumentException(
                    "A currency is three capital letters, such as USD, and not '%s'.".formatted(currency));
        }
    }

    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, inSameCurrency(other)), currency);
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, inSameCurrency(other)), currency);
    }

    public Money times(int count) {
        return new Money(Math.multiplyExact(minorUnits, count), currency);
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public boolean isLessThan(Money other) {
        return minorUnits < inSameCurrency(other);
    }

    private long inSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "%s and %s can't be reckoned up with each other.".formatted(currency, other.currency));
        }
        return other.minorUnits;
    }

    /** In whole units, such as {@code -0.50 USD} and {@code 5000 JPY}. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(minorUnits, fractionDigits()).toPlainString() + " " + currency;
    }

    private int fractionDigits() {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return digits < 0 ? USUAL_FRACTION_DIGITS : digits;
        } catch (IllegalArgumentException unknown) {
            return USUAL_FRACTION_DIGITS;
        }
    }
}
