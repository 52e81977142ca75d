package io.tidings.bus.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.EventBus;
import io.tidings.bus.handling.Redrive;
import io.tidings.bus.notes.NoteApplication;
import io.tidings.bus.notes.NoteHandlers;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.bus.notes.Notebooks;
import io.tidings.infrastructure.Part;
import io.tidings.infrastructure.test.OnInfrastructure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The same handlers without Kafka: only PostgreSQL is started here. */
@SpringBootTest(
        classes = NoteApplication.class,
        properties = {
            "tidings.bus=in-process",
            "spring.application.name=in-process-notes",
            "spring.kafka.bootstrap-servers=localhost:1",
            "spring.datasource.hikari.maximum-pool-size=4"
        })
@Import(Notebooks.class)
@OnInfrastructure(Part.POSTGRES)
class InProcessBusTest {

    @Autowired
    Notebooks notebooks;

    @Autowired
    NoteHandlers handlers;

    @Autowired
    Redrive redrive;

    @Autowired
    EventBus eventBus;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void handlers_are_done_when_publishing_returns() {
        String notebook = notebooks.anyName();

        notebooks.take(notebook, "one", NoteHandlers.FILE_IT, "three");

        assertThat(notebooks.applied(notebook)).containsExactly(1, 2, 3);
    }

    @Test
    void nothing_is_told_of_a_transaction_that_rolls_back() {
        String notebook = notebooks.anyName();

        transactions.executeWithoutResult(transaction -> {
            eventBus.publish(new NoteTaken(notebook, 1, "never happened"));
            transaction.setRollbackOnly();
        });

        assertThat(notebooks.applied(notebook)).isEmpty();
    }

    @Test
    void a_part_of_a_transaction_that_fails_does_not_wait_for_what_others_published() {
        String notebook = notebooks.anyName();
        CountDownLatch gate = handlers.hold(notebook);
        try (ExecutorService publisher = Executors.newSingleThreadExecutor()) {
            publisher.submit(() -> eventBus.publish(new NoteTaken(notebook, 1, "held")));
            await().until(() -> handlers.attemptsAt(new NoteTaken(notebook, 1, "held")) == 1);

            transactions.executeWithoutResult(whole -> {
                assertThatIllegalStateException()
                        .isThrownBy(() -> transactions.executeWithoutResult(part -> {
                            throw new IllegalStateException("This part can't be done.");
                        }));
                gate.countDown();
                whole.setRollbackOnly();
            });
        }

        assertThat(notebooks.applied(notebook)).containsExactly(1);
    }

    /** A handler may wait for such a one itself, such as for a request to another service of the process. */
    @Test
    void a_transaction_that_publishes_nothing_waits_for_no_delivery() {
        String notebook = notebooks.anyName();
        CountDownLatch gate = handlers.hold(notebook);
        try (ExecutorService others = Executors.newFixedThreadPool(2)) {
            others.submit(() -> eventBus.publish(new NoteTaken(notebook, 1, "held")));
            await().until(() -> handlers.attemptsAt(new NoteTaken(notebook, 1, "held")) == 1);

            Future<?> beside = others.submit(() -> transactions.executeWithoutResult(transaction -> {}));
            try {
                assertThat(beside).as("a transaction beside a delivery").succeedsWithin(Duration.ofSeconds(5));
            } finally {
                gate.countDown();
            }
        }

        assertThat(notebooks.applied(notebook)).containsExactly(1);
    }

    @Test
    void a_handler_that_fails_does_not_fail_the_publisher_or_the_messages_of_others() {
        String notebook = notebooks.anyName();
        String other = notebooks.anyName();

        notebooks.take(notebook, "before", NoteHandlers.POISON);
        notebooks.take(other, NoteHandlers.FLAKY);

        assertThat(notebooks.applied(notebook)).containsExactly(1);
        assertThat(notebooks.applied(other)).containsExactly(1);
    }

    @Test
    void what_follows_a_dead_letter_waits_behind_it_and_is_redriven_in_order() {
        String notebook = notebooks.anyName();

        notebooks.take(notebook, "before", NoteHandlers.POISON, NoteHandlers.FILE_IT);
        assertThat(notebooks.parked(notebook)).containsExactly("FAILED 2", "WAITING 3");

        handlers.mend(notebook);
        redrive.redrive(new Redrive.Target.Key(null, notebook));
        notebooks.take(notebook, "after");

        assertThat(notebooks.applied(notebook)).containsExactly(1, 2, 3, 1);
        assertThat(notebooks.isParked(notebook)).isFalse();
    }

    @Test
    void handlers_wait_for_the_end_of_all_transactions_around_the_one_that_published() {
        String notebook = notebooks.anyName();
        TransactionTemplate own = new TransactionTemplate(transactions.getTransactionManager());
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        transactions.executeWithoutResult(outer -> {
            own.executeWithoutResult(inner -> eventBus.publish(new NoteTaken(notebook, 1, "told whatever comes")));
            transactions.executeWithoutResult(joining -> joining.setRollbackOnly());
            outer.setRollbackOnly();
        });

        assertThat(notebooks.applied(notebook)).containsExactly(1);
    }

    @Test
    void a_key_keeps_its_order_with_more_publishers_than_connections() throws Exception {
        List<String> names =
                IntStream.range(0, 5).mapToObj(number -> notebooks.anyName()).toList();
        int pages = 30;

        try (ExecutorService publishers = Executors.newFixedThreadPool(12)) {
            for (int page = 0; page < pages; page++) {
                names.forEach(notebook -> publishers.submit(() -> notebooks.turnPage(notebook, "turned")));
            }
        }

        Integer[] inOrder = IntStream.rangeClosed(1, pages).boxed().toArray(Integer[]::new);
        assertThat(names)
                .allSatisfy(notebook -> assertThat(notebooks.applied(notebook)).containsExactly(inOrder));
    }
}
