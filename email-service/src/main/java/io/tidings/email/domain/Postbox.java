package io.tidings.email.domain;

import io.tidings.bus.Columns;
import io.tidings.bus.PerTransaction;
import io.tidings.bus.TimeOrderedId;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;

/** Where mails wait to be sent. */
@Service
public class Postbox {

    private final JdbcTemplate jdbc;
    private final Emails emails;
    private final Courier courier;
    private final PerTransaction<Posting> posting = new PerTransaction<>(Posting::new);

    Postbox(JdbcTemplate jdbc, Emails emails, Courier courier) {
        this.jdbc = jdbc;
        this.emails = emails;
        this.courier = courier;
    }

    /**
     * Puts a mail in, unless one of its kind regarding the same user, order or alert has been put in before. It is sent if,
     * and only if, the current transaction commits.
     *
     * @throws IllegalStateException if there is no transaction
     */
    public void post(NewEmail email) {
        posting.get().posted.add(email);
    }

    /**
     * Forgets a user when the current transaction commits, as {@link Emails#erase} does, together with what the transaction
     * posts for them.
     *
     * @throws IllegalStateException if there is no transaction
     */
    public void erase(UUID userId) {
        posting.get().erased.add(userId);
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
            Columns<NewEmail> columns = new Columns<>(statement, emails);
            columns.bind(1, "uuid", email -> TimeOrderedId.next());
            columns.bind(2, "uuid", NewEmail::userId);
            columns.bind(3, "text", email -> email.kind().name());
            columns.bind(4, "uuid", NewEmail::regarding);
            columns.bind(5, "text", NewEmail::reason);
            columns.bind(6, "text", email -> email.kind().subject(email.regarding()));
            columns.bind(7, "uuid", email -> email.cause().eventId());
            columns.bind(8, "text", email -> email.cause().correlationId());
            columns.bind(9, "text", email -> email.cause().traceparent());
        });
    }

    /**
     * All that one transaction posts and forgets: written with a statement each, since batches have hundreds of events.
     * First what is posted, so that nothing of it is left of who is forgotten.
     */
    private final class Posting implements TransactionSynchronization {

        private final List<NewEmail> posted = new ArrayList<>();
        private final Set<UUID> erased = new LinkedHashSet<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            if (!posted.isEmpty()) {
                insert(posted);
            }
            if (!erased.isEmpty()) {
                emails.erase(erased);
            }
        }

        @Override
        public void afterCommit() {
            courier.wake();
        }
    }
}
