package io.tidings.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.email.domain.Cause;
import io.tidings.email.domain.EmailKind;
import io.tidings.email.domain.NewEmail;
import io.tidings.email.domain.Postbox;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class ErasureTest extends EmailServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String address = someAddress();
    private final UUID userId = USERS.signUp(address, "Ada");

    @Autowired
    Postbox postbox;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void mails_that_wait_for_who_is_erased_are_never_sent() {
        // given
        USERS.interrupt();
        try {
            Kafka.tell(new UserCreated(userId));
            await().until(() -> !emailsOf(userId).isEmpty());
            // when
            Kafka.tell(new UserErased(userId));
            await().until(() -> status().equals("FAILED"));
        } finally {
            USERS.resume();
        }
        // then: others get theirs
        String otherAddress = someAddress();
        Kafka.tell(new UserCreated(USERS.signUp(otherAddress, "Grace")));
        await().atMost(PATIENCE).until(() -> Mailboxes.of(otherAddress).size() == 1);
        assertThat(Mailboxes.of(address)).isEmpty();
        assertThat(email().get("lastError").asString()).isEqualTo("The user was erased.");
        assertThat(email().get("nextAttemptAt").isNull()).isTrue();
    }

    @Test
    void of_mails_that_were_sent_the_address_and_the_words_are_forgotten() {
        // given
        Kafka.tell(new OrderRejected(TimeOrderedId.next(), userId, "Ada, there are no lamps left."));
        await().until(() -> status().equals("SENT"));
        assertThat(email().get("recipient").asString()).isEqualTo(address);
        // when
        Kafka.tell(new UserErased(userId));
        await().until(() -> email().get("recipient").isNull());
        // then: that there was one stays known
        assertThat(status()).isEqualTo("SENT");
        assertThat(reasons()).containsExactly("");
    }

    @Test
    void what_is_posted_in_the_transaction_of_an_erasure_is_forgotten_with_the_rest() {
        // when
        transactions.executeWithoutResult(transaction -> {
            postbox.post(new NewEmail(
                    EmailKind.ORDER_REJECTED,
                    userId,
                    TimeOrderedId.next(),
                    "Ada, there are no lamps left.",
                    new Cause(
                            TimeOrderedId.next(),
                            "a-flow",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
            postbox.erase(userId);
        });
        // then
        assertThat(status()).isEqualTo("FAILED");
        assertThat(email().get("lastError").asString()).isEqualTo("The user was erased.");
        assertThat(reasons()).containsExactly("");
    }

    @Test
    void of_a_mail_that_is_asked_for_after_the_erasure_no_words_are_kept() {
        // given
        USERS.erase(userId);
        // when
        Kafka.tell(new OrderRejected(TimeOrderedId.next(), userId, "Ada, there are no lamps left."));
        await().until(() -> status().equals("FAILED"));
        // then
        assertThat(email().get("lastError").asString()).isEqualTo("The user was erased.");
        assertThat(email().get("recipient").isNull()).isTrue();
        assertThat(reasons()).containsExactly("");
    }

    private List<String> reasons() {
        return database.sql("select reason from email where user_id = ?")
                .param(userId)
                .query(String.class)
                .list();
    }

    private JsonNode email() {
        return emailsOf(userId).getFirst();
    }

    private String status() {
        return emailsOf(userId).stream()
                .map(email -> email.get("status").asString())
                .findFirst()
                .orElse("");
    }
}
