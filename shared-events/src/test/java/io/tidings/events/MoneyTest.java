package io.tidings.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -50                  | USD | -0.50 USD
            -1999                | USD | -19.99 USD
            0                    | USD | 0.00 USD
            100000               | USD | 1000.00 USD
            -9223372036854775808 | USD | -92233720368547758.08 USD
            5000                 | JPY | 5000 JPY
            1234                 | KWD | 1.234 KWD
            150                  | XAU | 1.50 XAU
            150                  | QQQ | 1.50 QQQ
            """)
    void an_amount_is_printed_with_the_digits_of_its_currency_and_with_two_if_none_are_known(
            long minorUnits, String currency, String printed) {
        assertThat(new Money(minorUnits, currency)).hasToString(printed);
    }

    @Test
    void an_amount_is_printed_alike_wherever_it_is_printed() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(new Money(1999, "USD")).hasToString("19.99 USD");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_currency_is_three_capital_letters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Money(1, "dollar"))
                .withMessageContaining("such as USD");
    }
}
