package io.tidings.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MoneyTest {

    @Test
    void amounts_of_one_currency_add_up_and_multiply() {
        Money price = new Money(1999, "USD");

        assertThat(price.times(3)).isEqualTo(new Money(5997, "USD"));
        assertThat(price.plus(new Money(1, "USD")).minus(new Money(2000, "USD")))
                .isEqualTo(Money.zero("USD"));
        assertThat(price).hasToString("19.99 USD");
    }

    @Test
    void amounts_of_two_currencies_are_never_mixed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Money(1, "USD").plus(new Money(1, "EUR")))
                .withMessageContaining("USD and EUR");
    }

    @Test
    void a_sum_that_does_not_fit_is_an_error_and_not_a_small_number() {
        assertThat(new Money(Long.MAX_VALUE, "USD"))
                .satisfies(huge -> org.assertj.core.api.Assertions.assertThatThrownBy(() -> huge.times(2))
                        .isInstanceOf(ArithmeticException.class));
    }

    @Test
    void a_currency_is_three_capital_letters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Money(1, "dollar"))
                .withMessageContaining("such as USD");
    }
}
