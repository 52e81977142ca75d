package io.tidings.benchmarks.namastack;

import io.namastack.outbox.annotation.OutboxHandler;
import io.tidings.benchmarks.contender.OrderChanged;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sends what was in the outbox, and waits for the broker: what returns is done. */
@Component
public class OrderSender {

    private final KafkaTemplate<String, String> kafka;

    OrderSender(KafkaTemplate<String, String> kafka) {
        this.kafka = kafka;
    }

    @OutboxHandler
    public void send(OrderChanged order) {
        kafka.send(
                        OrderChanged.TOPIC,
                        order.orderId().toString(),
                        JsonMapper.shared().writeValueAsString(order))
                .join();
    }
}
