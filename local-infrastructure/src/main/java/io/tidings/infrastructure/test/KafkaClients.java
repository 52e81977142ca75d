package io.tidings.infrastructure.test;

import io.tidings.infrastructure.Infrastructure;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The clients by which all tests of this JVM look at {@link Infrastructure#shared()}. Tests look often, and to make a
 * client takes longer than to look. They end with the JVM.
 */
final class KafkaClients {

    private KafkaClients() {}

    static Admin admin() {
        return OfAdmin.ONE;
    }

    static Producer<String, byte[]> producer() {
        return OfProducer.ONE;
    }

    static TopicReader reader() {
        return OfReader.ONE;
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers());
    }

    private static final class OfAdmin {
        static final Admin ONE = Admin.create(settings());
    }

    private static final class OfProducer {
        static final Producer<String, byte[]> ONE =
                new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer());
    }

    private static final class OfReader {
        static final TopicReader ONE = new TopicReader(settings());
    }
}
