package io.tidings.bus.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down while no broker answers, also when there is nothing to send. */
final class KafkaHealthIndicator extends AbstractHealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Admin admin;

    KafkaHealthIndicator(Admin admin) {
        super("Kafka does not answer: messages wait in the outbox, and the consumer waits for it.");
        this.admin = admin;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws Exception {
        var options = new DescribeClusterOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
        int brokers = admin.describeCluster(options)
                .nodes()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .size();
        health.up().withDetail("brokers", brokers);
    }
}
