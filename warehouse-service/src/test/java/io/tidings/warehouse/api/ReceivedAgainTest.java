package io.tidings.warehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.warehouse.Clerk;
import io.tidings.warehouse.Clerk.Answer;
import io.tidings.warehouse.Clerk.Pieces;
import io.tidings.warehouse.RunningService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A clerk who got no answer asks again under the same Idempotency-Key. */
@RunningService
class ReceivedAgainTest {

    @Autowired
    Clerk clerk;

    private final String key = "delivery-" + UUID.randomUUID();

    @Test
    void goods_come_in_once_and_the_answer_is_the_first() {
        String tea = clerk.stocked(0);

        Answer first = clerk.receive(tea, 5, key);
        clerk.receive(tea, 2);
        Answer again = clerk.receive(tea, 5, key);

        assertThat(first.body().path("onHand").asInt()).isEqualTo(5);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(clerk.stockOf(tea)).isEqualTo(new Pieces(7, 0, 0, 7));
    }

    @Test
    void asked_by_many_at_once_goods_come_in_once() throws Exception {
        String tea = clerk.stocked(0);
        Callable<Answer> call = () -> clerk.receive(tea, 5, key);

        List<Answer> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(12)) {
            for (Future<Answer> answer : callers.invokeAll(Collections.nCopies(24, call))) {
                answers.add(answer.get());
            }
        }

        assertThat(answers)
                .extracting(Answer::body)
                .containsOnly(answers.getFirst().body());
        assertThat(clerk.stockOf(tea)).isEqualTo(new Pieces(5, 0, 0, 5));
    }

    @Test
    void another_quantity_under_the_same_key_is_refused() {
        String tea = clerk.stocked(0);
        clerk.receive(tea, 5, key);

        Answer refused = clerk.receive(tea, 6, key);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("Idempotency-Key: was used for another request; use a new key");
        assertThat(clerk.stockOf(tea)).isEqualTo(new Pieces(5, 0, 0, 5));
    }

    @Test
    void each_product_has_keys_of_its_own_so_that_a_delivery_may_have_one_name() {
        String tea = clerk.stocked(0);
        String cups = clerk.stocked(0);

        clerk.receive(tea, 5, key);
        clerk.receive(cups, 6, key);

        assertThat(clerk.stockOf(tea)).isEqualTo(new Pieces(5, 0, 0, 5));
        assertThat(clerk.stockOf(cups)).isEqualTo(new Pieces(6, 0, 0, 6));
    }

    @Test
    void goods_that_were_not_listed_yet_can_come_in_under_the_same_key() {
        String tea = Clerk.anySku();
        assertThat(clerk.receive(tea, 5, key).status()).isEqualTo(404);

        clerk.post("/products", Clerk.product(tea, 450));

        assertThat(clerk.receive(tea, 5, key).status()).isEqualTo(200);
        assertThat(clerk.stockOf(tea)).isEqualTo(new Pieces(5, 0, 0, 5));
    }
}
