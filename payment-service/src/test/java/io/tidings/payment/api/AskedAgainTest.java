package io.tidings.payment.api;

import static io.tidings.payment.AccountClient.amount;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.user.UserCreated;
import io.tidings.payment.AccountClient;
import io.tidings.payment.AccountClient.Answer;
import io.tidings.payment.OtherServices;
import io.tidings.payment.RunningService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A caller that got no answer asks again under the same Idempotency-Key. */
@RunningService
class AskedAgainTest {

    @Autowired
    AccountClient accounts;

    @Autowired
    OtherServices others;

    private final String key = "key-" + UUID.randomUUID();

    @Test
    void money_is_put_in_once_and_the_answer_is_the_first() {
        UUID user = others.createUser();

        Answer first = deposit(user, 500);
        accounts.deposit(user, 70);
        Answer again = deposit(user, 500);

        assertThat(first.balance()).isEqualTo(500);
        assertThat(again).isEqualTo(first);
        assertThat(accounts.balance(user)).isEqualTo(570);
    }

    @Test
    void money_is_taken_out_once_and_the_answer_is_the_first() {
        UUID user = others.createUser();
        accounts.deposit(user, 500);

        Answer first = withdraw(user, 400);
        Answer again = withdraw(user, 400);

        assertThat(first.balance()).isEqualTo(100);
        assertThat(again).isEqualTo(first);
        assertThat(accounts.balance(user)).isEqualTo(100);
    }

    @Test
    void asked_by_many_at_once_money_moves_once() throws Exception {
        UUID user = others.createUser();
        Callable<Answer> call = () -> deposit(user, 500);

        List<Answer> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(12)) {
            for (Future<Answer> answer : callers.invokeAll(Collections.nCopies(24, call))) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(accounts.balance(user)).isEqualTo(500);
    }

    @Test
    void another_amount_or_the_other_direction_is_refused() {
        UUID user = others.createUser();
        deposit(user, 500);

        for (Answer refused : List.of(deposit(user, 501), withdraw(user, 500))) {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.detail()).isEqualTo("Idempotency-Key: was used for another request; use a new key");
        }
        assertThat(accounts.balance(user)).isEqualTo(500);
    }

    @Test
    void each_user_has_keys_of_his_own() {
        UUID ada = others.createUser();
        UUID grace = others.createUser();

        assertThat(deposit(ada, 500).balance()).isEqualTo(500);
        assertThat(deposit(grace, 700).balance()).isEqualTo(700);
    }

    @Test
    void what_was_refused_may_be_asked_again_when_it_can_be_granted() {
        UUID user = TimeOrderedId.next();
        assertThat(deposit(user, 500).status()).isEqualTo(404);
        others.tell(new UserCreated(user));
        assertThat(withdraw(user, 500).status()).isEqualTo(409);
        accounts.deposit(user, 800);

        assertThat(withdraw(user, 500).balance()).isEqualTo(300);
        assertThat(withdraw(user, 500).balance()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 129})
    void a_key_is_of_bounded_length(int length) {
        Answer refused = accounts.post(
                "/accounts/%s/deposits".formatted(others.createUser()), amount(500, "USD"), "k".repeat(length));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).isEqualTo("Idempotency-Key: must be 1 to 128 characters");
    }

    private Answer deposit(UUID user, long minorUnits) {
        return accounts.post("/accounts/%s/deposits".formatted(user), amount(minorUnits, "USD"), key);
    }

    private Answer withdraw(UUID user, long minorUnits) {
        return accounts.post("/accounts/%s/withdrawals".formatted(user), amount(minorUnits, "USD"), key);
    }
}
