package io.tidings.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.user.UserCreated;
import io.tidings.events.user.UserErased;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ErasureTest extends EmailServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String address = someAddress();
    private final UUID userId = USERS.signUp(address, "Ada");

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
        UUID orderId = TimeOrderedId.next();
        Kafka.tell(new OrderRejected(orderId, userId, "Ada, there are no lamps left."));
        await().until(() -> status().equals("SENT"));
        assertThat(email().get("recipient").asString()).isEqualTo(address);
        // when
        Kafka.tell(new UserErased(userId));
        await().until(() -> email().get("recipient").isNull());
        // then: that there was one stays known
        assertThat(status()).isEqualTo("SENT");
        assertThat(database.sql("select reason from email where regarding = ?")
                        .param(orderId)
                        .query(String.class)
                        .single())
                .isEmpty();
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
