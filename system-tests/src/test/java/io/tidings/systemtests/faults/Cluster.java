package io.tidings.systemtests.faults;

import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.EmbeddedInfrastructure;
import io.tidings.infrastructure.EmbeddedOptions;
import io.tidings.infrastructure.MailServer;
import io.tidings.infrastructure.test.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Every service as a process of its own, some of them twice; and a network that can fail before Kafka and PostgreSQL. */
final class Cluster implements AutoCloseable {

    static final List<String> SERVICES = List.of(
            "user-service",
            "order-service",
            "payment-service",
            "warehouse-service",
            "shipping-service",
            "email-service",
            "analytics-service",
            "audit-service",
            "search-service",
            "recommendation-service");

    private static final List<String> DOUBLED = List.of("order-service", "warehouse-service");

    private static final Duration START_AT_MOST = Duration.ofMinutes(8);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path logs;
    private final TcpProxy kafkaNetwork = TcpProxy.open();
    private final TcpProxy databaseNetwork = TcpProxy.open();
    private final DatabaseServer database;
    private final EmbeddedInfrastructure mail = new EmbeddedInfrastructure(EmbeddedOptions.defaults());
    private Instance broker;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Instance> first = new LinkedHashMap<>();
    private final Map<String, Instance> second = new LinkedHashMap<>();
    private final Optional<Path> sabotage;
    private final AtomicInteger gaveUp = new AtomicInteger();
    private Instance gateway;

    /**
     * @param folder for data and logs
     * @param sabotage classes that break every service on purpose; empty for the system as it is shipped
     */
    private Cluster(Path folder, Optional<Path> sabotage) {
        this.logs = folder.resolve("logs");
        this.sabotage = sabotage;
        this.database = new DatabaseServer(folder.resolve("postgres-data"));
    }

    /** Everything, running. */
    static Cluster started(Path folder, Optional<Path> sabotage) {
        Cluster cluster = new Cluster(folder, sabotage);
        try {
            cluster.start(folder);
            return cluster;
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    private void start(Path folder) {
        databaseNetwork.to(database.port());
        int brokerPort = freePort();
        broker = Instance.start(
                "kafka",
                List.of(
                        java(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx320m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BrokerProcess.class.getName(),
                        folder.resolve("kafka-data").toString(),
                        Integer.toString(brokerPort),
                        Integer.toString(kafkaNetwork.port())),
                Map.of(),
                logs);
        kafkaNetwork.to(brokerPort);
        await(() -> listens(brokerPort), "Kafka");
        SERVICES.forEach(service -> ports.put(service, freePort()));
        int gatewayPort = freePort();
        ports.put("gateway", gatewayPort);
        SERVICES.forEach(service -> first.put(service, launch(service, ports.get(service), service)));
        Map<String, String> addresses = new HashMap<>();
        SERVICES.forEach(service -> addresses.put(
                "TIDINGS_SERVICES_%s_URL".formatted(service.toUpperCase().replace('-', '_')),
                "http://localhost:" + ports.get(service)));
        addresses.put("SERVER_PORT", Integer.toString(gatewayPort));
        gateway = Instance.start("gateway", jar("gateway"), addresses, logs);
        awaitAllReady();
        DOUBLED.forEach(this::scaleUp);
    }

    /** Returns when every service answers, however often it has to be asked. */
    void awaitAllReady() {
        ports.forEach((service, port) -> await(() -> isReady(port), service));
    }

    private void await(Callable<Boolean> condition, String what) {
        Awaitility.await(what)
                .atMost(START_AT_MOST)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    restartEnded();
                    return condition.call();
                });
    }

    /** Does what an orchestrator does about services that gave up. */
    private void restartEnded() {
        instances().stream().filter(Instance::restartIfEnded).forEach(ended -> gaveUp.incrementAndGet());
    }

    /** How often a service ended by itself. */
    int gaveUp() {
        return gaveUp.get();
    }

    private boolean isReady(int port) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:%d/actuator/health/readiness".formatted(port)))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private Instance launch(String service, int port, String name) {
        DatabaseAccess access = database.database(service);
        MailServer mails = mail.mail();
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(databaseNetwork.port(), access.username()));
        environment.put("SPRING_DATASOURCE_USERNAME", access.username());
        environment.put("SPRING_DATASOURCE_PASSWORD", access.password());
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafkaNetwork.port());
        environment.put("SPRING_MAIL_HOST", mails.smtpHost());
        environment.put("SPRING_MAIL_PORT", Integer.toString(mails.smtpPort()));
        environment.put("TIDINGS_TEST_DOOR_ENABLED", "true");
        environment.put("TIDINGS_USERS_URL", "http://localhost:" + ports.get("user-service"));
        // Faults last seconds here and minutes elsewhere.
        environment.put("TIDINGS_OUTBOX_SEND_TIMEOUT", "5s");
        environment.put("SPRING_DATASOURCE_HIKARI_DATA_SOURCE_PROPERTIES_SOCKETTIMEOUT", "10");
        environment.put("SERVER_PORT", Integer.toString(port));
        return Instance.start(name, jar(service), environment, logs);
    }

    private List<String> jar(String service) {
        Path jar = Path.of(System.getProperty("tidings.root"))
                .resolve("%s/target/%s-%s-exec.jar".formatted(service, service, System.getProperty("tidings.version")));
        List<String> command =
                new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m"));
        if (sabotage.isEmpty()) {
            command.addAll(List.of("-jar", jar.toString()));
        } else {
            command.addAll(List.of(
                    "-Dloader.path=" + sabotage.get(),
                    "-cp",
                    jar.toString(),
                    "org.springframework.boot.loader.launch.PropertiesLauncher"));
        }
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    URI gateway() {
        return URI.create("http://localhost:" + ports.get("gateway"));
    }

    DatabaseServer database() {
        return database;
    }

    Instance broker() {
        return broker;
    }

    TcpProxy kafkaNetwork() {
        return kafkaNetwork;
    }

    TcpProxy databaseNetwork() {
        return databaseNetwork;
    }

    List<Instance> instances() {
        List<Instance> all = new ArrayList<>(first.values());
        all.addAll(second.values());
        return all;
    }

    /** Those of which there are several. */
    Collection<String> doubled() {
        return List.copyOf(second.keySet());
    }

    void scaleUp(String service) {
        second.computeIfAbsent(service, name -> launch(name, freePort(), name + "-2"));
    }

    void scaleDown(String service) {
        Instance instance = second.remove(service);
        if (instance != null) {
            instance.stop();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("There is no free port.", failure);
        }
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
        instances().forEach(Instance::close);
        if (broker != null) {
            broker.close();
        }
        database.close();
        mail.close();
        kafkaNetwork.close();
        databaseNetwork.close();
    }
}
