package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.audit.domain.replay.Replay;
import io.tidings.audit.domain.replay.ReplayOrder;
import io.tidings.audit.domain.replay.ReplayPhase;
import io.tidings.audit.domain.replay.Replays;
import io.tidings.bus.TimeOrderedId;
import io.tidings.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class ReplayOrderTest extends AuditServiceTest {

    @Autowired
    Replays replays;

    @Autowired
    AuditTrail trail;

    @Autowired
    TransactionTemplate transactions;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "keys": ["a", null]                     | keys[1]: must be a text
            "keys": ["a\\u0000"]                    | keys[0]: must not contain control characters
            "types": [null]                         | types[0]: must be a text
            "types": ["OrderPlaced", "b", "\\ud800"] | types[2]: must not contain control characters
            "correlationId": "a\\u0000"             | correlationId: must not contain control characters
            "from": "+500000-01-01T00:00:00Z"       | from: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            "from": "-4800-01-01T00:00:00Z"         | from: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            "to": "+10000-01-01T00:00:00Z"          | to: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            "from": 1767225600                      | from: has a value of the wrong form
            "from": "1767225600"                    | from: has a value of the wrong form
            "to": "0000-12-31T23:59:59Z"            | to: must be an instant in UTC, such as 2026-01-31T12:00:00Z
            """)
    void an_order_that_breaks_a_rule_is_told_which(String part, String detail) {
        // when
        ResponseEntity<String> answer = http().post()
                .uri("/replays")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"target\": \"search-service\", %s}".formatted(part))
                .retrieve()
                .onStatus(status -> true, (request, response) -> {})
                .toEntity(String.class);
        // then
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(JsonMapper.shared().readTree(answer.getBody()).get("detail").asString())
                .isEqualTo(detail);
    }

    @Test
    void an_order_that_can_not_be_read_back_is_not_there() {
        // given
        List<@Nullable String> keys = new ArrayList<>();
        keys.add(null);
        ReplayOrder unreadable = orderOf("nobody", (List<String>) (List<?>) keys);
        // when
        assertThatThrownBy(() -> replays.order(unreadable)).isInstanceOf(NullPointerException.class);
        // then
        assertThat(replays.list()).extracting(replay -> replay.order().target()).doesNotContain("nobody");
    }

    @Test
    void a_target_is_told_one_replay_at_a_time() {
        transactions.executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            // when
            Optional<Replay> first = replays.order(orderOf("somebody", List.of("a", "b")));
            Optional<Replay> second = replays.order(orderOf("somebody", List.of()));
            Optional<Replay> other = replays.order(orderOf("another", List.of()));
            // then
            assertThat(first).hasValueSatisfying(replay -> {
                assertThat(replay.order().keys()).containsExactly("a", "b");
                assertThat(replay.phase()).isEqualTo(ReplayPhase.REQUESTED);
            });
            assertThat(second).isEmpty();
            assertThat(other).isPresent();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # types              | keys       | flow     | fits
            -                    | nobody     | -        | false
            -                    | -          | no-flow  | false
            NoSuchType           | -          | -        | false
            NoSuchType,NoOther   | nobody,me  | no-flow  | false
            -                    | nobody,me  | -        | true
            -                    | -          | a-flow   | true
            OrderDoubted         | -          | -        | true
            NoSuchType,OrderDoubted | nobody,me | a-flow | true
            OrderDoubted         | me         | no-flow  | false
            """)
    void whether_anything_is_wanted_is_told_without_reading_the_log(
            @Nullable String types, @Nullable String keys, @Nullable String flow, boolean fits) {
        FullPart part = FullPart.of(database, "2035-03-01");
        transactions.executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            // given
            part.fill();
            trail.append(List.of(doubted("me", "a-flow")));
            long before = part.rowsRead();
            // when
            boolean any = replays.hasAny(orderOf(listOf(types), listOf(keys), flow));
            // then
            assertThat(any).isEqualTo(fits);
            assertThat(part.rowsRead() - before).isLessThan(100);
        });
    }

    @Test
    void of_long_texts_the_whole_counts_and_not_only_what_is_indexed() {
        String beginning = "\ud83d\udcdc".repeat(200);
        transactions.executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            // given
            trail.append(List.of(doubted(beginning + "key", beginning + "flow")));
            // then
            assertThat(replays.hasAny(orderOf(List.of(), List.of(beginning + "key"), beginning + "flow")))
                    .isTrue();
            assertThat(replays.hasAny(orderOf(List.of(), List.of(beginning + "other"), null)))
                    .isFalse();
            assertThat(replays.hasAny(orderOf(List.of(), List.of(), beginning + "other")))
                    .isFalse();
        });
    }

    private static AuditEvent doubted(String key, String flow) {
        return new AuditEvent(
                TimeOrderedId.next(),
                Topics.ORDERS,
                key,
                "io.tidings.OrderDoubted.v1",
                "/a-service",
                flow,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> listOf(@Nullable String words) {
        return words == null ? List.of() : List.of(words.split(","));
    }

    private static ReplayOrder orderOf(List<String> types, List<String> keys, @Nullable String flow) {
        return new ReplayOrder("somebody", false, List.of(Topics.ORDERS), types, keys, flow, null, null, null, false);
    }

    private static ReplayOrder orderOf(String target, List<String> keys) {
        return new ReplayOrder(target, false, List.of(), List.of(), keys, null, null, null, null, false);
    }
}
