package io.tidings.infrastructure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * One run of a KRaft broker and controller in this JVM. It is put together from Kafka's own parts, as
 * {@code KafkaRaftServer} does it, for two reasons: sockets are bound before Kafka configures itself, so that any free
 * port will do, and a fatal fault ends the broker but not the JVM.
 */
final class KafkaBroker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaBroker.class);
    private static final int NODE = 1;
    private static final String CLIENTS = KafkaSettings.CLIENTS;
    private static final String CONTROLLER = KafkaSettings.CONTROLLER;

    static {
        // Kafka halts the process when its disk fails. This process is the application's.
        Exit.setExitProcedure(KafkaBroker::refuseToExit);
        Exit.setHaltProcedure(KafkaBroker::refuseToExit);
    }

    private final int port;
    private final ControllerServer controller;
    private final BrokerServer broker;

    private KafkaBroker(int port, ControllerServer controller, BrokerServer broker) {
        this.port = port;
        this.controller = controller;
        this.broker = broker;
    }

    /** Returns when the broker takes requests; 0 for any free port. */
    static KafkaBroker start(Path folder, int requestedPort, Map<String, String> settings) {
        Map<String, ServerSocketChannel> sockets = new ConcurrentHashMap<>();
        try {
            ServerSocketChannel clients = Loopback.listen(requestedPort, "Kafka", "withKafkaPort");
            sockets.put(CLIENTS, clients);
            ServerSocketChannel quorum = Loopback.listen(0, "Kafka's controller", "withKafkaPort");
            sockets.put(CONTROLLER, quorum);
            int port = clients.socket().getLocalPort();
            KafkaConfig config =
                    new KafkaConfig(properties(folder, port, quorum.socket().getLocalPort(), settings), false);
            format(folder);
            return start(config, port, sockets);
        } catch (InfrastructureException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new InfrastructureException(
                    "Kafka did not start on %s (%s); delete that folder to start with an empty one."
                            .formatted(folder, failure.getMessage()),
                    failure);
        } finally {
            // Those that Kafka has taken over are no longer among them.
            sockets.values().forEach(Loopback::close);
        }
    }

    private static KafkaBroker start(KafkaConfig config, int port, Map<String, ServerSocketChannel> sockets) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> folders =
                KafkaRaftServer.initializeLogDirs(config, log, "[Kafka] ");
        String cluster = folders._1().clusterId().orElseThrow();
        SharedServer shared = new SharedServer(
                config,
                folders._1(),
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, cluster),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.<InetSocketAddress>of(),
                (name, fatal, action) -> (message, cause) -> {
                    log.error("Kafka: {}: {}", name, message, cause);
                    action.run();
                    return new IllegalStateException(name + ": " + message, cause);
                },
                (listener, address, backlog, receiveBuffer) -> takeOver(sockets, listener));
        ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folders._2());
        BrokerServer broker = new BrokerServer(shared);
        KafkaBroker both = new KafkaBroker(port, controller, broker);
        try {
            controller.startup();
            broker.startup();
            return both;
        } catch (Throwable failure) { // Kafka throws checked exceptions too, such as of time-outs, and declares none.
            both.close();
            throw failure;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }

    private static Properties properties(Path folder, int port, int controllerPort, Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(KafkaSettings.common());
        properties.put("node.id", String.valueOf(NODE));
        properties.put("process.roles", "broker,controller");
        properties.put(
                "listeners",
                "%s://%s:%d,%s://%s:%d"
                        .formatted(CLIENTS, Loopback.HOST, port, CONTROLLER, Loopback.HOST, controllerPort));
        properties.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        properties.put("inter.broker.listener.name", CLIENTS);
        properties.put("controller.listener.names", CONTROLLER);
        // A static quorum: the controller's port may be another one at every start.
        properties.put("controller.quorum.voters", "%d@%s:%d".formatted(NODE, Loopback.HOST, controllerPort));
        properties.put("log.dirs", folder.toString());
        properties.putAll(settings);
        return properties;
    }

    private static void format(Path folder) throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName(CONTROLLER)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
    }

    private static ServerSocketChannel takeOver(Map<String, ServerSocketChannel> sockets, String listener)
            throws IOException {
        ServerSocketChannel socket = sockets.remove(listener);
        if (socket == null) {
            throw new IOException("No socket is bound for listener " + listener);
        }
        socket.configureBlocking(false);
        return socket;
    }

    private static void refuseToExit(int status, String message) {
        log.error("Kafka wanted to end the process with status {}: {}", status, message);
        throw new IllegalStateException("Kafka has failed: " + message);
    }
}
