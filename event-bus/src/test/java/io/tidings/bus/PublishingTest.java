package io.tidings.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidings.bus.notes.BusTest;
import io.tidings.bus.notes.NoteTaken;
import io.tidings.bus.notes.Notebooks;
import io.tidings.infrastructure.test.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@BusTest
class PublishingTest {

    private static final Topic NOTES = new Topic("notes");

    @Autowired
    EventBus eventBus;

    @Autowired
    Notebooks notebooks;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    DataSource dataSource;

    @Test
    void what_a_transaction_publishes_is_told_when_it_commits() {
        String notebook = notebooks.anyName();

        notebooks.take(notebook, "one", "two", "three");

        notebooks.awaitApplied(notebook, 1, 2, 3);
        assertThat(NOTES.recordsOf(notebook)).hasSize(3);
    }

    @Test
    void what_a_transaction_publishes_is_not_told_when_it_rolls_back() {
        String notebook = notebooks.anyName();

        transactions.executeWithoutResult(transaction -> {
            eventBus.publish(new NoteTaken(notebook, 1, "never happened"));
            transaction.setRollbackOnly();
        });
        notebooks.turnPage(notebook, "happened");

        notebooks.awaitApplied(notebook, 1);
        assertThat(NOTES.recordsOf(notebook))
                .singleElement()
                .satisfies(told -> assertThat(told.value()).contains("\"happened\""));
    }

    @Test
    void outside_of_a_transaction_publishing_opens_its_own() {
        String notebook = notebooks.anyName();

        eventBus.publish(new NoteTaken(notebook, 7, "alone"));

        notebooks.awaitApplied(notebook, 7);
    }

    @Test
    void all_that_a_transaction_publishes_is_written_with_one_statement() {
        String notebook = notebooks.anyName();
        long before = notebooks.outboxStatements();

        notebooks.take(
                notebook, IntStream.range(0, 100).mapToObj(Integer::toString).toArray(String[]::new));

        assertThat(notebooks.outboxStatements() - before).isEqualTo(1);
    }

    @Test
    void the_messages_of_a_key_arrive_in_the_order_in_which_their_transactions_committed() throws Exception {
        List<String> names =
                IntStream.range(0, 20).mapToObj(number -> notebooks.anyName()).toList();
        int pages = 40;

        try (ExecutorService publishers = Executors.newFixedThreadPool(8)) {
            for (int page = 0; page < pages; page++) {
                for (String notebook : names) {
                    publishers.submit(() -> notebooks.turnPage(notebook, "turned"));
                }
            }
        }

        Integer[] inOrder = IntStream.rangeClosed(1, pages).boxed().toArray(Integer[]::new);
        names.forEach(notebook -> notebooks.awaitApplied(notebook, inOrder));
    }

    @Test
    void a_message_that_the_broker_would_refuse_is_refused_in_the_publishers_face() {
        String notebook = notebooks.anyName();

        assertThatExceptionOfType(MessageTooLargeException.class)
                .isThrownBy(() -> notebooks.turnPage(notebook, "x".repeat(1_100_000)))
                .withMessageContaining("NoteTaken of " + notebook)
                .withMessageContaining("tidings.messages.maximum-size");
        assertThat(notebooks.waiting(notebook)).isZero();
    }

    @Test
    void what_is_published_while_a_transaction_is_about_to_commit_is_told_too() {
        String notebook = notebooks.anyName();

        transactions.executeWithoutResult(transaction ->
                beforeCommit(() -> eventBus.publish(new NoteTaken(notebook, 1, "the first of its transaction"))));
        transactions.executeWithoutResult(transaction -> {
            eventBus.publish(new NoteTaken(notebook, 2, "as usual"));
            beforeCommit(() -> eventBus.publish(new NoteTaken(notebook, 3, "at the end")));
        });

        notebooks.awaitApplied(notebook, 1, 2, 3);
    }

    private static void beforeCommit(Runnable publishing) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                publishing.run();
            }
        });
    }

    @Test
    void after_its_commit_nothing_can_be_published_in_a_transaction() {
        List<RuntimeException> refusals = new ArrayList<>();
        Runnable publish = () -> {
            try {
                eventBus.publish(new NoteTaken(notebooks.anyName(), 1, "too late"));
            } catch (RuntimeException refusal) {
                refusals.add(refusal);
            }
        };

        transactions.executeWithoutResult(transaction ->
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        publish.run();
                    }

                    @Override
                    public void afterCompletion(int status) {
                        publish.run();
                    }
                }));

        assertThat(refusals)
                .hasSize(2)
                .allSatisfy(refusal -> assertThat(refusal)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("has committed")
                        .hasMessageContaining("BEFORE_COMMIT"));
    }

    @Test
    void nothing_can_be_published_in_a_transaction_of_which_nobody_hears_the_end() {
        TransactionTemplate unheard = new TransactionTemplate(new JdbcTransactionManager(dataSource));

        assertThatIllegalStateException()
                .isThrownBy(() -> unheard.executeWithoutResult(
                        transaction -> eventBus.publish(new NoteTaken(notebooks.anyName(), 1, "unheard"))))
                .withMessageContaining("make its transaction manager a bean");
    }

    @Test
    void nothing_can_be_published_in_a_transaction_that_only_reads() {
        TransactionTemplate reading = new TransactionTemplate(transactions.getTransactionManager());
        reading.setReadOnly(true);

        assertThatIllegalStateException()
                .isThrownBy(() -> reading.executeWithoutResult(
                        transaction -> eventBus.publish(new NoteTaken(notebooks.anyName(), 1, "read"))))
                .withMessageContaining("remove readOnly");
    }
}
