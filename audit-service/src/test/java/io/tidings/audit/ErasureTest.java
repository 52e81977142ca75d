package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.message.Envelope;
import io.tidings.events.Topics;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ErasureTest extends AuditServiceTest {

    private static final String NAME = "Perlman-Lovelace";

    private final String user = UUID.randomUUID().toString();

    @Test
    void what_is_recorded_of_a_person_can_be_read_and_is_sealed_in_the_database() {
        // when
        Kafka.tell(profile(1));
        // then
        assertThat(eventsOf(user, 1).getFirst().get("data").toString()).contains(NAME);
        assertThat(get("/entities/user/{id}", user).toString()).contains(NAME);
        assertThat(recordsThatSay(NAME)).isZero();
    }

    @Test
    void with_a_person_the_log_forgets_what_it_has_of_them_and_is_otherwise_as_it_was() {
        // given
        Kafka.tell(profile(1));
        Kafka.tell(Kafka.message(
                "search-service.dlt", user, "io.tidings.UserProfileUpdated.v2", "{\"of\": \"%s\"}".formatted(NAME)));
        List<JsonNode> before = eventsOf(user, 2);
        assertThat(before).allSatisfy(event -> assertThat(event.toString()).contains(NAME));
        // when
        Kafka.tell(erasure());
        // then
        List<JsonNode> after = eventsOf(user, 3);
        assertThat(after.toString()).doesNotContain(NAME);
        assertThat(after)
                .filteredOn(event -> event.get("type").asString().contains("Profile"))
                .hasSize(2)
                .allSatisfy(event -> {
                    assertThat(event.get("data").isNull()).isTrue();
                    assertThat(event.get("erased").asBoolean()).isTrue();
                    assertThat(event.has("unreadable")).isFalse();
                });
        assertThat(after.stream().map(event -> event.get("eventId")))
                .containsAll(before.stream().map(event -> event.get("eventId")).toList());
        assertThat(get("/entities/user/{id}", user).toString())
                .doesNotContain(NAME)
                .contains("was erased with the person");
        assertThat(get("/audit/verify").get("broken").isNull()).isTrue();
    }

    @Test
    void what_is_written_on_a_dead_letter_is_forgotten_with_the_person_whom_it_quotes() {
        // given
        Kafka.tell(deadLetter());
        Kafka.tell(discard());
        List<JsonNode> before = eventsOf(user, 2);
        assertThat(before.getFirst().get("annotations"))
                .isEqualTo(JsonMapper.shared().valueToTree(deadLetter().annotations()));
        assertThat(before.getLast().get("annotations"))
                .isEqualTo(JsonMapper.shared().valueToTree(discard().annotations()));
        assertThat(recordsThatSay(NAME)).isZero();
        // when
        Kafka.tell(erasure());
        // then
        List<JsonNode> after = eventsOf(user, 3);
        assertThat(after.toString()).doesNotContain(NAME);
        assertThat(after.get(0).get("annotations").propertyNames())
                .containsExactlyInAnyOrder("dead-letter-service", "dead-letter-exception");
        assertThat(after.get(1).get("annotations").propertyNames())
                .containsExactlyInAnyOrder("dead-letter-service", "dead-letter-discarded-by");
        assertThat(get("/audit/verify").get("broken").isNull()).isTrue();
    }

    @Test
    void what_is_told_of_a_person_after_their_erasure_is_never_readable() {
        // given
        Kafka.tell(erasure());
        eventsOf(user, 1);
        // when
        Kafka.tell(profile(2));
        // then
        assertThat(eventsOf(user, 2).toString()).doesNotContain(NAME).contains("\"erased\":true");
    }

    @Test
    void one_person_is_forgotten_and_no_other() {
        // given
        String other = UUID.randomUUID().toString();
        Kafka.tell(profile(1));
        Kafka.tell(Kafka.message(
                Topics.USERS, other, "io.tidings.UserProfileUpdated.v2", "{\"of\": \"%s\"}".formatted(NAME)));
        // when
        Kafka.tell(erasure());
        eventsOf(user, 2);
        // then
        assertThat(eventsOf(other, 1).getFirst().toString()).contains(NAME);
    }

    private Envelope profile(int revision) {
        return Kafka.message(
                Topics.USERS, user, "io.tidings.UserProfileUpdated.v2", """
                {"userId": "%1$s", "revision": %2$d,
                 "oldProfile": {"givenName": "", "familyName": "", "interests": []},
                 "newProfile": {"givenName": "Ada", "familyName": "%3$s", "interests": []}}
                """.formatted(user, revision, NAME));
    }

    private Envelope deadLetter() {
        return Kafka.message(
                "search-service.dlt",
                user,
                "io.tidings.UserProfileUpdated.v2",
                "{}",
                Map.of(
                        "dead-letter-service",
                        "search-service",
                        "dead-letter-exception",
                        "org.postgresql.util.PSQLException",
                        "dead-letter-reason",
                        "Failing row contains (Ada, %s).".formatted(NAME),
                        "dead-letter-stack",
                        "PSQLException: Failing row contains (Ada, %s).\n\tat Search.on(Search.java:7)"
                                .formatted(NAME)));
    }

    private Envelope discard() {
        return Kafka.message(
                "search-service.dlt",
                user,
                "io.tidings.UserProfileUpdated.v2",
                "{}",
                Map.of(
                        "dead-letter-service",
                        "search-service",
                        "dead-letter-discarded-by",
                        "grace",
                        "dead-letter-discarded-why",
                        "Nobody is named %s.".formatted(NAME)));
    }

    private Envelope erasure() {
        return Kafka.message(Topics.USERS, user, "io.tidings.UserErased.v1", "{\"userId\": \"%s\"}".formatted(user));
    }

    private int recordsThatSay(String text) {
        return database.sql("""
                        select count(*) from audit_event
                        where strpos(encode(payload, 'escape'), :text) > 0 or strpos(annotations::text, :text) > 0
                        """).param("text", text).query(Integer.class).single();
    }
}
