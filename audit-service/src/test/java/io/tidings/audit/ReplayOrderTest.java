package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.audit.domain.replay.Replay;
import io.tidings.audit.domain.replay.ReplayOrder;
import io.tidings.audit.domain.replay.ReplayPhase;
import io.tidings.audit.domain.replay.Replays;
import java.util.ArrayList;
import java.util.List;
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

    private static ReplayOrder orderOf(String target, List<String> keys) {
        return new ReplayOrder(target, false, List.of(), List.of(), keys, null, null, null, null, false);
    }
}
