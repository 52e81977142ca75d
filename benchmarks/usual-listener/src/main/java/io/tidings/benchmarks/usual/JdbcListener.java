package io.tidings.benchmarks.usual;

import io.tidings.benchmarks.contender.AppliedOrders;
import io.tidings.benchmarks.contender.ConsumerContender;
import io.tidings.benchmarks.contender.ContenderProcess;
import io.tidings.benchmarks.contender.OrderChanged;
import java.io.IOException;
import java.util.UUID;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Inbox and effect by JDBC, in one transaction an event. */
@SpringBootConfiguration
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    KafkaAutoConfiguration.class
})
@Import({ConsumerContender.class, JdbcListener.Orders.class})
public class JdbcListener {

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(JdbcListener.class, arguments);
    }

    /** The handler. */
    public static class Orders {

        private final JdbcTemplate jdbc;
        private final AppliedOrders applied;
        private final JsonMapper mapper = JsonMapper.shared();

        Orders(JdbcTemplate jdbc, AppliedOrders applied) {
            this.jdbc = jdbc;
            this.applied = applied;
        }

        @KafkaListener(topics = OrderChanged.TOPIC)
        @Transactional
        public void on(@Payload String json, @Header("ce_id") String eventId) {
            UUID id = UUID.fromString(eventId);
            if (jdbc.update("insert into inbox (event_id) values (?) on conflict do nothing", id) == 0) {
                return;
            }
            OrderChanged order = mapper.readValue(json, OrderChanged.class);
            jdbc.update(
                    AppliedOrders.INSERT,
                    order.orderId(),
                    order.version(),
                    order.customer(),
                    order.address(),
                    order.totalMinor(),
                    order.currency(),
                    order.note());
            applied.add(1);
        }
    }
}
