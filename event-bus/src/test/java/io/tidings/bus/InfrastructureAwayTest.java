package io.tidings.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.NoteApplication;
import io.tidings.bus.notes.NoteHandlers;
import io.tidings.bus.notes.Notebooks;
import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Subscription;
import io.tidings.bus.operations.SubscriptionHealthIndicator;
import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.test.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

@BusTest
class InfrastructureAwayTest {

    private static final Topic NOTES = new Topic("notes");

    @Autowired
    Notebooks notebooks;

    @Autowired
    BusStatus status;

    @Autowired
    SubscriptionHealthIndicator subscription;

    @Autowired
    Subscription ears;

    private final Infrastructure infrastructure = Infrastructure.shared();

    @Test
    void a_broker_that_is_away_is_waited_for_and_nothing_is_lost() {
        String notebook = notebooks.anyName();
        notebooks.turnPage(notebook, "before");
        notebooks.awaitApplied(notebook, 1);

        infrastructure.interruptKafka();
        try {
            notebooks.turnPage(notebook, "meanwhile");
            notebooks.turnPage(notebook, "meanwhile");
            await().atMost(Duration.ofSeconds(30)).until(() -> status.waiting().containsKey("relay"));
            ears.stop();
            ears.start();
            ears.stop();
            assertThat(statusOf(subscription))
                    .as("the startup of a service that has come up before")
                    .isEqualTo(Status.UP);
        } finally {
            infrastructure.resumeKafka();
            ears.start();
        }
        notebooks.turnPage(notebook, "after");

        notebooks.awaitApplied(notebook, 1, 2, 3, 4);
        await().until(() -> status.waiting().isEmpty());
    }

    @Test
    void a_service_that_starts_while_the_broker_is_away_is_there_and_subscribes_when_it_is_back() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, "before");
        notebooks.awaitApplied(notebook, 1);

        infrastructure.interruptKafka();
        try (ConfigurableApplicationContext late = startLate()) {
            BusStatus itsStatus = late.getBean(BusStatus.class);
            SubscriptionHealthIndicator itsSubscription = late.getBean(SubscriptionHealthIndicator.class);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> itsStatus.waiting().containsKey("subscription"));
            assertThat(statusOf(itsSubscription)).isEqualTo(Status.DOWN);
            infrastructure.resumeKafka();

            JdbcTemplate itsDatabase = late.getBean(JdbcTemplate.class);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> itsDatabase
                            .queryForList("select page from applied where id = ?", Integer.class, notebook)
                            .equals(List.of(1)));
            assertThat(itsStatus.waiting()).doesNotContainKey("subscription");
            await().atMost(Duration.ofSeconds(30)).until(() -> Status.UP.equals(statusOf(itsSubscription)));
        } finally {
            infrastructure.resumeKafka();
        }
    }

    private static @Nullable Status statusOf(SubscriptionHealthIndicator subscription) {
        return Optional.ofNullable(subscription.health()).map(Health::getStatus).orElse(null);
    }

    private ConfigurableApplicationContext startLate() {
        DatabaseAccess database = infrastructure.database("late-service");
        return new SpringApplicationBuilder(NoteApplication.class)
                .run(
                        "--spring.application.name=late-service",
                        "--spring.kafka.bootstrap-servers=" + infrastructure.kafkaBootstrapServers(),
                        "--spring.kafka.admin.operation-timeout=2s",
                        "--spring.kafka.properties.default.api.timeout.ms=3000",
                        "--spring.kafka.properties.request.timeout.ms=2000",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password());
    }

    @Test
    void a_database_that_is_away_is_waited_for_and_nothing_becomes_a_dead_letter() {
        String notebook = notebooks.anyName();
        notebooks.take(notebook, "before");
        notebooks.awaitApplied(notebook, 1);

        infrastructure.interruptPostgres();
        try {
            for (int page = 2; page <= 4; page++) {
                NOTES.send(
                        notebook,
                        "{\"notebook\":\"%s\",\"page\":%d,\"text\":\"meanwhile\"}"
                                .formatted(notebook, page)
                                .getBytes(StandardCharsets.UTF_8),
                        Map.of(
                                "ce_type",
                                "io.tidings.NoteTaken.v1",
                                "ce_id",
                                UUID.randomUUID().toString()));
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> status.waiting().keySet().stream().anyMatch(who -> who.startsWith("consumer")));
        } finally {
            infrastructure.resumePostgres();
        }

        notebooks.awaitApplied(notebook, 1, 2, 3, 4);
        await().atMost(Duration.ofSeconds(30)).until(() -> status.waiting().isEmpty());
        notebooks.take(notebook, NoteHandlers.POISON); // so that the topic of dead letters is there
        assertThat(new Topic("note-service.dlt")
                        .awaitRecord(notebook, any -> true)
                        .value())
                .contains(NoteHandlers.POISON);
        assertThat(new Topic("note-service.dlt").recordsOf(notebook)).hasSize(1);
    }
}
