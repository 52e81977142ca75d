package io.tidings.order.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidings.events.Money;
import io.tidings.events.OrderLine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricingTest {

    private static final Map<String, Money> PRICES = Map.of(
            "book", new Money(1_999, "USD"),
            "lamp", new Money(5_000, "USD"),
            "tea", new Money(450, "EUR"));

    @Test
    void an_order_costs_the_sum_of_its_lines() {
        Pricing pricing = price(new PlaceOrder.Item("book", 2), new PlaceOrder.Item("lamp", 1));

        assertThat(pricing.lines())
                .containsExactly(
                        new OrderLine("book", 2, new Money(1_999, "USD")),
                        new OrderLine("lamp", 1, new Money(5_000, "USD")));
        assertThat(pricing.total()).isEqualTo(new Money(8_998, "USD"));
    }

    @Test
    void a_large_order_is_added_up_to_the_last_cent() {
        Money price = new Money(100_000_000, "USD");

        Pricing pricing = Pricing.of(
                List.of(new PlaceOrder.Item("yacht", 1_000), new PlaceOrder.Item("island", 1_000)),
                Map.of("yacht", price, "island", new Money(99_999_999, "USD")));

        assertThat(pricing.total()).isEqualTo(new Money(199_999_999_000L, "USD"));
    }

    @Test
    void a_product_that_we_have_not_heard_of_is_named() {
        assertThatExceptionOfType(OrderRefusedException.class)
                .isThrownBy(() -> price(new PlaceOrder.Item("book", 1), new PlaceOrder.Item("unicorn", 1)))
                .satisfies(refused -> {
                    assertThat(refused.field()).isEqualTo("lines[1].sku");
                    assertThat(refused.rule()).contains("we know no product 'unicorn'");
                });
    }

    @Test
    void an_order_is_priced_in_one_currency() {
        assertThatExceptionOfType(OrderRefusedException.class)
                .isThrownBy(() -> price(new PlaceOrder.Item("book", 1), new PlaceOrder.Item("tea", 1)))
                .satisfies(refused -> {
                    assertThat(refused.field()).isEqualTo("lines");
                    assertThat(refused.rule()).contains("one currency");
                });
    }

    private static Pricing price(PlaceOrder.Item... items) {
        return Pricing.of(List.of(items), PRICES);
    }
}
