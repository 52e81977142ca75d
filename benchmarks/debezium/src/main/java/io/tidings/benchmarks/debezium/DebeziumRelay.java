package io.tidings.benchmarks.debezium;

import io.tidings.benchmarks.contender.Announcer;
import io.tidings.benchmarks.contender.ContenderProcess;
import io.tidings.benchmarks.contender.OrderChanged;
import io.tidings.benchmarks.contender.RelayContender;
import java.io.IOException;
import java.util.UUID;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Writes to an outbox table, of which {@link LogReader} learns from the log of the database. */
@SpringBootApplication
@EnableConfigurationProperties(LogReader.Settings.class)
@Import(RelayContender.class)
public class DebeziumRelay {

    /** The columns that Debezium's outbox event router expects. */
    private static final String TABLE = """
            create table if not exists outbox (
                id            uuid  primary key,
                aggregatetype text  not null,
                aggregateid   text  not null,
                type          text  not null,
                payload       text  not null
            )
            """;

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(DebeziumRelay.class, arguments);
    }

    @Bean
    Announcer announcer(JdbcTemplate jdbc) {
        jdbc.execute(TABLE);
        JsonMapper mapper = JsonMapper.shared();
        return order -> jdbc.update(
                "insert into outbox (id, aggregatetype, aggregateid, type, payload) values (?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                OrderChanged.TOPIC,
                order.orderId().toString(),
                "OrderChanged",
                mapper.writeValueAsString(order));
    }
}
