package io.tidings.systemtests.cluster;

import io.tidings.infrastructure.EmbeddedInfrastructure;
import io.tidings.infrastructure.EmbeddedOptions;
import io.tidings.infrastructure.Part;
import java.nio.file.Path;

/** Kafka in a process of its own, so that it can be killed. Arguments: its folder, its port, the port that it tells clients. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedInfrastructure infrastructure = new EmbeddedInfrastructure(EmbeddedOptions.defaults()
                .withDataFolder(Path.of(arguments[0]))
                .withKafkaPort(Integer.parseInt(arguments[1]))
                .withKafkaSetting("advertised.listeners", "CLIENTS://127.0.0.1:" + arguments[2]));
        infrastructure.start(Part.KAFKA);
        Thread.currentThread().join();
    }
}
