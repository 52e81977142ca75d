package io.tidings.benchmarks.tidings;

import io.tidings.benchmarks.contender.Announcer;
import io.tidings.benchmarks.contender.ContenderProcess;
import io.tidings.benchmarks.contender.OrderChanged;
import io.tidings.benchmarks.contender.RelayContender;
import java.io.IOException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Sends once the transaction has committed, and keeps nothing that could be sent again: unsafe, and simple. */
@SpringBootConfiguration
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    KafkaAutoConfiguration.class
})
@Import(RelayContender.class)
class SendAfterCommit {

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(SendAfterCommit.class, arguments);
    }

    @Bean
    Announcer announcer(KafkaTemplate<String, String> kafka) {
        JsonMapper mapper = JsonMapper.shared();
        return order -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                kafka.send(OrderChanged.TOPIC, order.orderId().toString(), mapper.writeValueAsString(order));
            }
        });
    }
}
