package io.tidings.order.api;

import static io.tidings.order.Customer.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Money;
import io.tidings.order.Customer;
import io.tidings.order.Customer.Answer;
import io.tidings.order.OtherServices;
import io.tidings.order.RunningService;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@RunningService
class ListingTest {

    @Autowired
    Customer customer;

    @Autowired
    OtherServices others;

    @Test
    void orders_are_listed_page_by_page_the_newest_first() {
        UUID user = others.signUp();
        List<UUID> orders = place(5, user);
        place(1, others.signUp());

        Answer first = customer.get("/orders?userId={user}&limit=2", user);
        assertThat(first.orderIds()).containsExactly(orders.get(4), orders.get(3));
        assertThat(next(first)).isEqualTo(orders.get(3).toString());

        Answer second = customer.get("/orders?userId={user}&limit=2&cursor={next}", user, next(first));
        assertThat(second.orderIds()).containsExactly(orders.get(2), orders.get(1));

        Answer last = customer.get("/orders?userId={user}&limit=2&cursor={next}", user, next(second));
        assertThat(last.orderIds()).containsExactly(orders.get(0));
        assertThat(last.body().path("next").isNull()).isTrue();
    }

    @Test
    void a_full_page_is_the_last_if_nothing_follows() {
        UUID user = others.signUp();
        place(2, user);

        Answer page = customer.get("/orders?userId={user}&limit=2", user);

        assertThat(page.orderIds()).hasSize(2);
        assertThat(page.body().path("next").isNull()).isTrue();
    }

    @Test
    void a_page_holds_twenty_orders_if_nobody_says_otherwise() {
        UUID user = others.signUp();
        place(21, user);

        Answer page = customer.get("/orders?userId={user}", user);

        assertThat(page.orderIds()).hasSize(20);
        assertThat(page.body().path("orders").get(0).path("lines")).hasSize(1);
        assertThat(page.body().path("next").isNull()).isFalse();
    }

    @Test
    void whoever_has_ordered_nothing_has_an_empty_page() {
        Answer page = customer.get("/orders?userId={user}", TimeOrderedId.next());

        assertThat(page.orderIds()).isEmpty();
        assertThat(page.body().path("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /orders                              | userId: must be given
            /orders?userId=                      | userId: must be given
            /orders?userId=1-1-1-1-1             | userId: must be a UUID
            /orders/1-1-1-1-1                    | orderId: must be a UUID
            /orders?userId=USER&limit=0x14       | limit: must be a whole number
            /orders?userId=USER&limit=+14        | limit: must be a whole number
            /orders?userId=USER&limit=014        | limit: must be a whole number
            /orders?userId=ada                   | userId: must be a UUID
            /orders?userId=USER&limit=0          | limit: must be greater than or equal to 1
            /orders?userId=USER&limit=-1         | limit: must be greater than or equal to 1
            /orders?userId=USER&limit=101        | limit: must be less than or equal to 100
            /orders?userId=USER&limit=many       | limit: must be a whole number
            /orders?userId=USER&limit=99999999999 | limit: must be a whole number
            /orders?userId=USER&cursor=seven     | cursor: must be a UUID
            """)
    void a_request_that_breaks_a_rule_is_answered_with_the_parameter_and_the_rule(String path, String problem) {
        Answer refused = customer.get(path.replace("USER", TimeOrderedId.next().toString()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo(problem);
        assertThat(refused.body().path("violations")).hasSize(1);
    }

    private List<UUID> place(int count, UUID user) {
        String book = others.list(new Money(1_999, "USD"));
        return Stream.generate(() -> customer.place(order(user, book, 1)).orderId())
                .limit(count)
                .toList();
    }

    private static String next(Answer page) {
        return page.body().path("next").asString();
    }
}
