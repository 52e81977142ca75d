package io.tidings.audit.recording;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Clockwork;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the log's parts for the months to come long before they begin: should it fail, there is time to mend it, and what
 * has no part of its own is kept beside.
 */
@Component
class PartitionKeeper extends Clockwork {

    private static final Logger log = LoggerFactory.getLogger(PartitionKeeper.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int MONTHS_AHEAD = 2;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    PartitionKeeper(JdbcClient jdbc, TransactionTemplate transactions, BusStatus status) {
        super("making of the log's parts", Duration.ZERO, EVERY, status);
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    protected boolean turn() {
        ensure(LocalDate.now(ZoneOffset.UTC));
        return false;
    }

    /**
     * Makes what is missing for the month of a day, and for those after it. A month for which that fails keeps none of the
     * others from it.
     */
    void ensure(LocalDate today) {
        forEachByItself(
                IntStream.rangeClosed(0, MONTHS_AHEAD)
                        .mapToObj(YearMonth.from(today)::plusMonths)
                        .toList(),
                this::ensure,
                month -> "The part of the audit log for %s could not be made".formatted(month));
    }

    /** Gives way to whoever reads the whole log. */
    private void ensure(YearMonth month) {
        boolean made = Boolean.TRUE.equals(transactions.execute(transaction -> {
            jdbc.sql("set local lock_timeout = '2s'").update();
            return jdbc.sql("select audit_make_part(?)")
                    .param(month.atDay(1))
                    .query(Boolean.class)
                    .single();
        }));
        if (made) {
            log.info("Made the part of the audit log for {}.", month);
        }
    }
}
