package io.tidings.email.sending;

import io.tidings.email.domain.Cause;
import io.tidings.email.domain.EmailKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The mails that are due, and what is noted of them. A worker holds what it took by a lease and not by a lock, so that
 * no transaction waits for a mail server. All times are the database's.
 */
@Repository
class DueEmails {

    private final JdbcClient jdbc;

    DueEmails(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes mails to the operators first, which are few, and then those to users; of both the ones that have been due for
     * longest. What others have taken, or are taking, is passed over.
     *
     * <p>The limit is part of the text. As a parameter it would be unknown to a plan that is kept, which then expects a tenth
     * of all that is due, and reads the whole table to find it. And no status is asked for: only what is pending has a time
     * at which it is due, and an index of the status would be read whenever PostgreSQL expects that hardly any mail waits.
     *
     * @param inHand mails that this process is still at, even if their lease has ended
     * @param toUsers whether mails to users are taken at all
     */
    List<DueEmail> take(int limit, Duration lease, Collection<UUID> inHand, boolean toUsers) {
        return jdbc.sql("""
                        with to_operators as materialized (
                            select id from email
                            where user_id is null and next_attempt_at <= now() and id <> all (:inHand::uuid[])
                            order by next_attempt_at, id
                            limit %1$d
                            for update skip locked),
                        to_users as materialized (
                            select id from email
                            where :toUsers and user_id is not null
                                and next_attempt_at <= now() and id <> all (:inHand::uuid[])
                            order by next_attempt_at, id
                            limit %1$d
                            for update skip locked),
                        due as (
                            select id from (select id, 1 as turn from to_operators
                                            union all
                                            select id, 2 from to_users) as all_due
                            order by turn limit %1$d)
                        update email
                        set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => :lease)
                        from due where email.id = due.id
                        returning email.*
                        """.formatted(limit))
                .param("lease", seconds(lease))
                .param("inHand", inHand.toArray(UUID[]::new))
                .param("toUsers", toUsers)
                .query((row, number) -> dueEmail(row))
                .list();
    }

    /** How long it is until a mail is due that {@link #take} would take then; empty if none will be by itself. */
    Optional<Duration> untilNext(Collection<UUID> inHand, boolean toUsers) {
        return jdbc.sql("""
                        select (extract(epoch from next_attempt_at - clock_timestamp()) * 1000)::bigint from (
                            (select next_attempt_at from email
                            where user_id is null and next_attempt_at is not null and id <> all (:inHand::uuid[])
                            order by next_attempt_at limit 1)
                            union all
                            (select next_attempt_at from email
                            where :toUsers and user_id is not null
                                and next_attempt_at is not null and id <> all (:inHand::uuid[])
                            order by next_attempt_at limit 1)) as next
                        order by next_attempt_at limit 1
                        """)
                .param("inHand", inHand.toArray(UUID[]::new))
                .param("toUsers", toUsers)
                .query(Long.class)
                .optional()
                .map(milliseconds -> Duration.ofMillis(Math.max(0, milliseconds)));
    }

    /**
     * Notes that mails were sent, with one statement, whoever holds their leases by now.
     *
     * @return the ids of those of which that was not known before
     */
    Set<UUID> sent(List<SentEmail> sent) {
        return jdbc.sql("""
                        update email
                        set status = 'SENT', sent_at = now(), next_attempt_at = null, last_error = null,
                            recipient = sent.recipient
                        from unnest(:ids::uuid[], :recipients::text[]) as sent (id, recipient)
                        where email.id = sent.id and status = 'PENDING'
                        returning email.id
                        """)
                .param("ids", sent.stream().map(mail -> mail.email().id()).toArray(UUID[]::new))
                .param(
                        "recipients",
                        sent.stream().map(mail -> storable(mail.recipient())).toArray(String[]::new))
                .query(UUID.class)
                .set();
    }

    void failed(DueEmail email, @Nullable String recipient, String reason) {
        update(email, recipient, reason, "status = 'FAILED', next_attempt_at = null", Duration.ZERO);
    }

    void postponed(DueEmail email, @Nullable String recipient, String reason, Duration pause) {
        update(email, recipient, reason, "next_attempt_at = now() + make_interval(secs => :pause)", pause);
    }

    /** Gives a mail back as if it had not been tried. */
    void returned(DueEmail email, @Nullable String recipient, String reason) {
        update(email, recipient, reason, "next_attempt_at = now(), attempts = attempts - 1", Duration.ZERO);
    }

    /** Says nothing of a mail that is another worker's by now, or has been sent. */
    private void update(DueEmail email, @Nullable String recipient, String reason, String changes, Duration pause) {
        jdbc.sql("""
                        update email
                        set last_error = :reason, recipient = coalesce(:recipient, recipient), %s
                        where id = :id and status = 'PENDING' and next_attempt_at = :leasedUntil
                        """.formatted(changes))
                .param("id", email.id())
                .param("leasedUntil", email.leasedUntil())
                .param("recipient", recipient == null ? null : storable(recipient))
                .param("reason", storable(reason))
                .param("pause", seconds(pause))
                .update();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000d;
    }

    /** Whatever a server says can be noted. */
    private static String storable(String text) {
        String clean = text.replace('\0', ' ').strip();
        return clean.substring(0, Math.min(clean.length(), 1_000));
    }

    private static DueEmail dueEmail(ResultSet row) throws SQLException {
        return new DueEmail(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                EmailKind.valueOf(row.getString("kind")),
                row.getObject("regarding", UUID.class),
                row.getString("reason"),
                row.getString("subject"),
                new Cause(
                        row.getObject("event_id", UUID.class),
                        row.getString("correlation_id"),
                        row.getString("traceparent")),
                row.getInt("attempts"),
                row.getObject("next_attempt_at", OffsetDateTime.class));
    }
}
