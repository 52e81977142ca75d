package io.tidings.email.domain;

import io.tidings.bus.TimeOrderedId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where mails wait to be sent. */
@Service
public class Postbox {

    private final JdbcTemplate jdbc;
    private final Courier courier;

    Postbox(JdbcTemplate jdbc, Courier courier) {
        this.jdbc = jdbc;
        this.courier = courier;
    }

    /**
     * Puts a mail in, unless one of its kind regarding the same user, order or alert has been put in before. It is sent if,
     * and only if, the current transaction commits.
     *
     * @throws IllegalStateException if there is no transaction
     */
    public void post(NewEmail email) {
        ofCurrentTransaction().add(email);
    }

    private Posting ofCurrentTransaction() {
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof Posting posting && posting.isInto(this)) {
                return posting;
            }
        }
        Posting posting = new Posting();
        TransactionSynchronizationManager.registerSynchronization(posting);
        return posting;
    }

    /** In a fixed order: two transactions that post the same mails wait for each other, and do not deadlock. */
    private void insert(List<NewEmail> emails) {
        jdbc.update("""
                insert into email (id, user_id, kind, regarding, reason, subject, event_id, correlation_id, traceparent)
                select * from unnest(
                    ?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::text[])
                    as email (id, user_id, kind, regarding, reason, subject, event_id, correlation_id, traceparent)
                order by kind, regarding, id
                on conflict (kind, regarding) do nothing
                """, (PreparedStatement statement) -> {
            bind(statement, 1, "uuid", emails, email -> TimeOrderedId.next());
            bind(statement, 2, "uuid", emails, NewEmail::userId);
            bind(statement, 3, "text", emails, email -> email.kind().name());
            bind(statement, 4, "uuid", emails, NewEmail::regarding);
            bind(statement, 5, "text", emails, NewEmail::reason);
            bind(statement, 6, "text", emails, email -> email.kind().subject(email.regarding()));
            bind(statement, 7, "uuid", emails, email -> email.cause().eventId());
            bind(statement, 8, "text", emails, email -> email.cause().correlationId());
            bind(statement, 9, "text", emails, email -> email.cause().traceparent());
        });
    }

    private static void bind(
            PreparedStatement statement,
            int parameter,
            String type,
            List<NewEmail> emails,
            Function<NewEmail, @Nullable Object> column)
            throws SQLException {
        statement.setArray(
                parameter,
                statement
                        .getConnection()
                        .createArrayOf(type, emails.stream().map(column).toArray()));
    }

    /** All that one transaction posts: written with one statement, since batches have hundreds of events. */
    private final class Posting implements TransactionSynchronization {

        private final List<NewEmail> emails = new ArrayList<>();

        void add(NewEmail email) {
            emails.add(email);
        }

        boolean isInto(Postbox postbox) {
            return Postbox.this == postbox;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            insert(emails);
        }

        @Override
        public void afterCommit() {
            courier.wake();
        }
    }
}
