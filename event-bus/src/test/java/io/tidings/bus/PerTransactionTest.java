package io.tidings.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidings.bus.notes.BusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@BusTest
class PerTransactionTest {

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    PlatformTransactionManager transactionManager;

    private final PerTransaction<List<String>> names = new PerTransaction<>(ArrayList::new);
    private final PerTransaction<List<String>> others = new PerTransaction<>(ArrayList::new);

    @Test
    void a_transaction_finds_what_it_kept_and_the_next_one_does_not() {
        transactions.executeWithoutResult(transaction -> {
            names.get().add("ada");
            assertThat(names.get()).containsExactly("ada");
            assertThat(others.get()).isEmpty();
        });

        transactions.executeWithoutResult(next -> assertThat(names.get()).isEmpty());
    }

    @Test
    void a_transaction_that_takes_the_place_of_another_sees_nothing_of_it() {
        TransactionTemplate inBetween = new TransactionTemplate(transactionManager);
        inBetween.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        transactions.executeWithoutResult(transaction -> {
            names.get().add("ada");
            inBetween.executeWithoutResult(other -> names.get().add("grace"));
            assertThat(names.get()).containsExactly("ada");
        });
    }

    @Test
    void a_unit_of_work_is_told_once_that_its_transaction_is_about_to_commit() {
        List<String> written = new ArrayList<>();
        PerTransaction<UnitOfWork> work = new PerTransaction<>(() -> new UnitOfWork(written));

        transactions.executeWithoutResult(transaction -> {
            work.get().names.add("ada");
            work.get().names.add("grace");
            assertThat(written).isEmpty();
        });

        assertThat(written).containsExactly("ada", "grace");
    }

    @Test
    void nothing_is_added_to_a_unit_of_work_that_has_written() {
        List<String> written = new ArrayList<>();
        PerTransaction<UnitOfWork> work = new PerTransaction<>(() -> new UnitOfWork(written));
        List<String> refused = new ArrayList<>();

        transactions.executeWithoutResult(transaction -> {
            work.get().names.add("ada");
            names.get().add("ada");
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    assertThatIllegalStateException().isThrownBy(work::get).satisfies(refusal -> refused.add("late"));
                    assertThat(names.get()).as("what is no unit of work").containsExactly("ada");
                }
            });
        });

        assertThat(written).containsExactly("ada");
        assertThat(refused).containsExactly("late");
    }

    @Test
    void without_a_transaction_there_is_nothing() {
        assertThatIllegalStateException().isThrownBy(names::get);
    }

    private static final class UnitOfWork implements TransactionSynchronization {

        private final List<String> names = new ArrayList<>();
        private final List<String> written;

        private UnitOfWork(List<String> written) {
            this.written = written;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            written.addAll(names);
        }
    }
}
