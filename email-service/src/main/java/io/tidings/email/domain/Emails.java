package io.tidings.email.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All mails, sent or not. */
@Repository
public class Emails {

    private final JdbcClient jdbc;

    Emails(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first. */
    public List<Email> find(EmailQuery query) {
        StringBuilder conditions = new StringBuilder("true");
        if (query.userId() != null) {
            conditions.append(" and user_id = :userId");
        }
        if (query.status() != null) {
            conditions.append(" and status = :status");
        }
        if (query.before() != null) {
            conditions.append(" and id < :before");
        }
        return jdbc.sql("select * from email where %s order by id desc limit :limit".formatted(conditions))
                .param("userId", query.userId())
                .param("status", query.status() == null ? null : query.status().name())
                .param("before", query.before())
                .param("limit", query.limit())
                .query((row, number) -> email(row))
                .list();
    }

    /**
     * Forgets users: mails that wait for them are not sent, and of those that were neither the address nor the words are
     * kept. That there was a mail stays known, so that none is sent again. What the current transaction has posted is not
     * there yet; {@link Postbox#erase} knows of that too.
     */
    public void erase(Collection<UUID> userIds) {
        jdbc.sql("""
                update email
                set recipient = null, reason = '',
                    last_error = case when status = 'SENT' then null else 'The user was erased.' end,
                    status = case when status = 'PENDING' then 'FAILED' else status end,
                    next_attempt_at = null
                where user_id = any (?)
                """).param(userIds.toArray(UUID[]::new)).update();
    }

    private static Email email(ResultSet row) throws SQLException {
        return new Email(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                EmailKind.valueOf(row.getString("kind")),
                row.getObject("regarding", UUID.class),
                row.getString("recipient"),
                row.getString("subject"),
                EmailStatus.valueOf(row.getString("status")),
                row.getInt("attempts"),
                row.getString("last_error"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "next_attempt_at"),
                instant(row, "sent_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
