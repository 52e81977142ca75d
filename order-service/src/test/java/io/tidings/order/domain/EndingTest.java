package io.tidings.order.domain;

import static io.tidings.order.domain.OrderStatus.CANCELED;
import static io.tidings.order.domain.OrderStatus.COMPLETED;
import static io.tidings.order.domain.OrderStatus.PLACED;
import static io.tidings.order.domain.OrderStatus.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class EndingTest {

    private static final List<Arguments> ENDINGS = List.of(
            arguments(new OrderNews.Shipped(), new Ending(COMPLETED, null)),
            arguments(new OrderNews.OutOfStock("It is sold out."), new Ending(REJECTED, "It is sold out.")),
            arguments(new OrderNews.NotPaid("The account is empty."), new Ending(REJECTED, "The account is empty.")),
            arguments(new OrderNews.GivenUp("Nobody answers."), new Ending(REJECTED, "Nobody answers.")),
            arguments(
                    new OrderNews.CancellationRequested("You canceled it."), new Ending(CANCELED, "You canceled it.")));

    @ParameterizedTest
    @FieldSource("ENDINGS")
    void an_order_that_is_placed_ends_as_the_news_say(OrderNews news, Ending ending) {
        assertThat(Ending.decide(PLACED, news)).contains(ending);
    }

    @ParameterizedTest
    @MethodSource("newsAfterTheEnd")
    void the_first_ending_stands_whatever_is_heard_later(OrderStatus ended, OrderNews news) {
        assertThat(Ending.decide(ended, news)).isEmpty();
    }

    private static Stream<Arguments> newsAfterTheEnd() {
        return EnumSet.complementOf(EnumSet.of(PLACED)).stream()
                .flatMap(ended -> ENDINGS.stream().map(ending -> arguments(ended, ending.get()[0])));
    }

    @Test
    void there_is_no_other_news_than_these() {
        assertThat(OrderNews.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(ENDINGS.stream()
                        .map(ending -> ending.get()[0].getClass())
                        .toArray(Class[]::new));
    }
}
