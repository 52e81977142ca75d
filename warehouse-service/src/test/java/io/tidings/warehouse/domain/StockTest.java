package io.tidings.warehouse.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StockTest {

    private final Stock stock = new Stock("book");

    @Test
    void what_is_received_is_on_hand() {
        stock.receive(10);
        stock.receive(5);

        assertStock(15, 0, 0);
    }

    @Test
    void there_is_enough_up_to_the_last_piece() {
        stock.receive(3);

        assertThat(stock.has(3)).isTrue();
        assertThat(stock.has(4)).isFalse();
    }

    @Test
    void what_is_reserved_is_not_there_for_others() {
        stock.receive(3);

        stock.reserve(2);

        assertStock(1, 2, 0);
        assertThat(stock.has(2)).isFalse();
    }

    @Test
    void what_is_released_is_there_again() {
        stock.receive(3);
        stock.reserve(2);

        stock.release(2);

        assertStock(3, 0, 0);
    }

    @Test
    void what_is_shipped_has_left() {
        stock.receive(3);
        stock.reserve(2);

        stock.ship(2);

        assertStock(1, 0, 2);
    }

    @Test
    void stock_may_grow_beyond_what_one_number_of_an_order_holds() {
        for (int delivery = 0; delivery < 3; delivery++) {
            stock.receive(Integer.MAX_VALUE);
        }

        assertStock(3L * Integer.MAX_VALUE, 0, 0);
    }

    private void assertStock(long onHand, long reserved, long shipped) {
        assertThat(stock)
                .extracting(Stock::onHand, Stock::reserved, Stock::shipped)
                .containsExactly(onHand, reserved, shipped);
        assertThat(stock.received()).isEqualTo(onHand + reserved + shipped);
    }
}
