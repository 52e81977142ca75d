package io.tidings.benchmarks.usual;

import io.tidings.benchmarks.contender.AppliedOrders;
import io.tidings.benchmarks.contender.ConsumerContender;
import io.tidings.benchmarks.contender.ContenderProcess;
import io.tidings.benchmarks.contender.OrderChanged;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.util.UUID;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Inbox and effect as entities, in one transaction an event. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ConsumerContender.class, JpaListener.Orders.class})
@EntityScan(basePackageClasses = JpaListener.class)
public class JpaListener {

    public static void main(String[] arguments) throws IOException {
        ContenderProcess.run(JpaListener.class, arguments);
    }

    /** The handler. */
    public static class Orders {

        private final EntityManager entities;
        private final AppliedOrders applied;
        private final JsonMapper mapper = JsonMapper.shared();

        Orders(EntityManager entities, AppliedOrders applied) {
            this.entities = entities;
            this.applied = applied;
        }

        @KafkaListener(topics = OrderChanged.TOPIC)
        @Transactional
        public void on(@Payload String json, @Header("ce_id") String eventId) {
            UUID id = UUID.fromString(eventId);
            if (entities.find(HandledEvent.class, id) != null) {
                return;
            }
            entities.persist(new HandledEvent(id));
            entities.persist(AppliedOrder.of(mapper.readValue(json, OrderChanged.class)));
            applied.add(1);
        }
    }
}
