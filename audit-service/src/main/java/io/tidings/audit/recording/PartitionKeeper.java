package io.tidings.audit.recording;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the log's parts for the months to come long before they begin: should it fail, there is time to mend it, and what
 * has no part of its own is kept beside.
 */
@Component
class PartitionKeeper implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(PartitionKeeper.class);
    private static final Duration EVERY = Duration.ofHours(6);
    private static final int MONTHS_AHEAD = 2;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("partition-keeper").daemon().factory());

    PartitionKeeper(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public void afterPropertiesSet() {
        schedule.scheduleWithFixedDelay(this::keep, 0, EVERY.toMinutes(), TimeUnit.MINUTES);
    }

    private void keep() {
        try {
            ensure(LocalDate.now(ZoneOffset.UTC));
        } catch (RuntimeException failure) {
            log.warn(
                    "The part of the audit log for a month to come can't be made, and is tried again in {} h: {}",
                    EVERY.toHours(),
                    failure.toString());
        }
    }

    /** Makes what is missing for the month of a day, and for those after it. Gives way to whoever reads the whole log. */
    void ensure(LocalDate today) {
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            LocalDate month = today.withDayOfMonth(1).plusMonths(ahead);
            boolean made = Boolean.TRUE.equals(transactions.execute(transaction -> {
                jdbc.sql("set local lock_timeout = '2s'").update();
                return jdbc.sql("select audit_make_part(?)")
                        .param(month)
                        .query(Boolean.class)
                        .single();
            }));
            if (made) {
                log.info("Made the part of the audit log for {}.", month);
            }
        }
    }

    @Override
    public void destroy() {
        schedule.shutdownNow();
    }
}
