package io.tidings.benchmarks.gruelbox;

import io.tidings.benchmarks.contender.OrderChanged;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Sends what was in the outbox, and waits for the broker: what returns is done. */
@Component
class OrderSender implements Sender {

    private final KafkaTemplate<String, String> kafka;

    OrderSender(KafkaTemplate<String, String> kafka) {
        this.kafka = kafka;
    }

    @Override
    public void send(String key, String json) {
        kafka.send(OrderChanged.TOPIC, key, json).join();
    }
}
