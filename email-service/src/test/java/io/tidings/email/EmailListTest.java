package io.tidings.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.TimeOrderedId;
import io.tidings.events.order.OrderCompleted;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EmailListTest extends EmailServiceTest {

    @Test
    void mails_are_listed_by_pages_the_newest_first() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        IntStream.range(0, 5).forEach(number -> Kafka.tell(new OrderCompleted(TimeOrderedId.next(), userId)));
        await().until(() ->
                emailsOf(userId).stream().filter(EmailListTest::isSent).count() == 5);
        // when
        List<List<String>> pages = new ArrayList<>();
        JsonNode page = get("/emails?userId={userId}&limit=2", userId);
        pages.add(idsOf(page));
        while (!page.get("next").isNull()) {
            page = get(
                    "/emails?userId={userId}&limit=2&cursor={next}",
                    userId,
                    page.get("next").asString());
            pages.add(idsOf(page));
        }
        // then
        assertThat(pages).extracting(List::size).containsExactly(2, 2, 1);
        assertThat(pages.stream().flatMap(List::stream))
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void mails_are_listed_with_all_that_is_known_of_them() {
        // given
        String address = someAddress();
        UUID userId = USERS.signUp(address, "Ada");
        UUID orderId = TimeOrderedId.next();
        Kafka.tell(new OrderCompleted(orderId, userId));
        // when
        await().until(() -> emailsOf(userId).stream().anyMatch(EmailListTest::isSent));
        // then
        JsonNode email = emailsOf(userId).getFirst();
        assertThat(email.propertyNames())
                .containsExactlyInAnyOrder(
                        "emailId",
                        "userId",
                        "kind",
                        "regarding",
                        "recipient",
                        "subject",
                        "status",
                        "attempts",
                        "lastError",
                        "createdAt",
                        "nextAttemptAt",
                        "sentAt");
        assertThat(email.get("recipient").asString()).isEqualTo(address);
        assertThat(email.get("kind").asString()).isEqualTo("ORDER_COMPLETED");
        assertThat(email.get("regarding").asString()).isEqualTo(orderId.toString());
        assertThat(email.get("subject").asString()).isEqualTo("Your order %s is on its way".formatted(orderId));
        assertThat(email.get("sentAt").asString()).endsWith("Z");
        // and
        assertThat(idsOf(get("/emails?userId={userId}&status=SENT", userId))).hasSize(1);
        assertThat(idsOf(get("/emails?userId={userId}&status=PENDING", userId))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            userId=ada       | userId: must be a UUID
            status=LOST      | status: must be PENDING, SENT or FAILED
            limit=0          | limit: must be from 1 to 1000
            limit=1001       | limit: must be from 1 to 1000
            cursor=yesterday | cursor: must be a UUID
            """)
    void a_request_that_breaks_a_rule_is_told_which(String query, String detail) {
        // when
        ResponseEntity<String> answer = http().get()
                .uri("/emails?" + query)
                .retrieve()
                .onStatus(status -> true, (request, response) -> {})
                .toEntity(String.class);
        // then
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(JsonMapper.shared().readTree(answer.getBody()).get("detail").asString())
                .isEqualTo(detail);
    }

    private static boolean isSent(JsonNode email) {
        return email.get("status").asString().equals("SENT");
    }

    private static List<String> idsOf(JsonNode page) {
        return page.get("emails")
                .valueStream()
                .map(email -> email.get("emailId").asString())
                .toList();
    }
}
