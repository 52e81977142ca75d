package io.tidings.analytics.alerting;

import io.tidings.analytics.alerting.Vigilance.Armed;
import io.tidings.analytics.alerting.Vigilance.Calming;
import io.tidings.analytics.alerting.Vigilance.Raised;
import io.tidings.events.notification.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All alerts, and what each rule remembers. */
@Repository
public class Alerts {

    private final JdbcClient jdbc;

    Alerts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks a rule for the rest of the transaction: of several instances, one looks at it at a time. */
    Vigilance lock(String rule) {
        jdbc.sql("insert into alert_rule (rule) values (:rule) on conflict do nothing")
                .param("rule", rule)
                .update();
        return jdbc.sql("select alert_id, calm_since from alert_rule where rule = :rule for update")
                .param("rule", rule)
                .query((row, number) -> vigilance(row))
                .single();
    }

    private static Vigilance vigilance(ResultSet row) throws SQLException {
        UUID alertId = row.getObject("alert_id", UUID.class);
        Instant calmSince = instant(row, "calm_since");
        if (alertId == null) {
            return new Armed();
        }
        return calmSince == null ? new Raised(alertId) : new Calming(alertId, calmSince);
    }

    void remember(String rule, Vigilance state) {
        jdbc.sql("update alert_rule set alert_id = :alertId, calm_since = :calmSince where rule = :rule")
                .param("rule", rule)
                .param(
                        "alertId",
                        switch (state) {
                            case Armed armed -> null;
                            case Raised raised -> raised.alertId();
                            case Calming calming -> calming.alertId();
                        })
                .param(
                        "calmSince",
                        state instanceof Calming calming ? calming.since().atOffset(ZoneOffset.UTC) : null)
                .update();
    }

    void add(Alert alert) {
        jdbc.sql("""
                        insert into alert (alert_id, rule, severity, evidence, raised_at)
                        values (:alertId, :rule, :severity, :evidence, :raisedAt)
                        """)
                .param("alertId", alert.alertId())
                .param("rule", alert.rule())
                .param("severity", alert.severity().name())
                .param("evidence", alert.evidence())
                .param("raisedAt", alert.raisedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void end(UUID alertId, Instant at) {
        jdbc.sql("update alert set ended_at = :at where alert_id = :alertId")
                .param("alertId", alertId)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * The newest first.
     *
     * @param before alerts older than this one; null for the newest
     * @param limit at most
     */
    public List<Alert> find(@Nullable UUID before, int limit) {
        return jdbc.sql("""
                        select * from alert where cast(:before as uuid) is null or alert_id < cast(:before as uuid)
                        order by alert_id desc limit :limit
                        """)
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> new Alert(
                        row.getObject("alert_id", UUID.class),
                        row.getString("rule"),
                        Severity.valueOf(row.getString("severity")),
                        row.getString("evidence"),
                        row.getObject("raised_at", OffsetDateTime.class).toInstant(),
                        instant(row, "ended_at")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
