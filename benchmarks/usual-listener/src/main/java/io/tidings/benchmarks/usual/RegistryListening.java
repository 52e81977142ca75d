package io.tidings.benchmarks.usual;

import io.tidings.benchmarks.contender.Listening;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** All Kafka listeners of the application. */
record RegistryListening(KafkaListenerEndpointRegistry registry) implements Listening {

    @Override
    public void start() {
        registry.start();
    }

    @Override
    public void stop() {
        registry.stop();
    }
}
