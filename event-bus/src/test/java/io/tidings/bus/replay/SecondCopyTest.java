package io.tidings.bus.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.bus.Projection;
import io.tidings.bus.notes.BusTest;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@BusTest
class SecondCopyTest {

    private static final int SOCKET_TIMEOUT = 500;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void a_copy_may_take_over_for_longer_than_a_statement_may_otherwise_take() {
        jdbc.execute("create table memory (page bigint not null)");
        jdbc.execute("insert into memory values (1)");
        jdbc.execute("""
                create function think() returns trigger language plpgsql as
                $$ begin perform pg_sleep(2); return old; end $$
                """);
        jdbc.execute("create trigger slow before delete on memory for each row execute function think()");
        SecondCopy copy = new SecondCopy(jdbc, List.of((Projection) () -> Set.of("memory")));
        transactions.executeWithoutResult(transaction -> copy.make());
        copy.transactions(transactions)
                .executeWithoutResult(transaction -> jdbc.execute("insert into memory values (2), (3)"));

        transactions.executeWithoutResult(transaction -> {
            jdbc.execute((Connection connection) -> {
                connection.setNetworkTimeout(Runnable::run, SOCKET_TIMEOUT);
                return true;
            });
            copy.takeOver();
            assertThat(jdbc.<Integer>execute(Connection::getNetworkTimeout)).isEqualTo(SOCKET_TIMEOUT);
        });

        assertThat(jdbc.queryForList("select page from memory order by page", Integer.class))
                .containsExactly(2, 3);
    }
}
