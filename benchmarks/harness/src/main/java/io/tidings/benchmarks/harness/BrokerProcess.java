package io.tidings.benchmarks.harness;

import io.tidings.infrastructure.EmbeddedInfrastructure;
import io.tidings.infrastructure.EmbeddedOptions;
import io.tidings.infrastructure.Part;
import java.io.IOException;

/** Kafka in a process of its own, which says where it listens and ends with its standard input. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedInfrastructure infrastructure = new EmbeddedInfrastructure(EmbeddedOptions.defaults())) {
            infrastructure.start(Part.KAFKA);
            System.out.println(infrastructure.kafkaBootstrapServers());
            while (System.in.read() >= 0) {
                // Nobody says anything: it is the end that is waited for.
            }
        }
        System.exit(0);
    }
}
