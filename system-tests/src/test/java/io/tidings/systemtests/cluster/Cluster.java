package io.tidings.systemtests.cluster;

import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.EmbeddedInfrastructure;
import io.tidings.infrastructure.EmbeddedOptions;
import io.tidings.infrastructure.Loopback;
import io.tidings.infrastructure.MailServer;
import io.tidings.infrastructure.test.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.awaitility.Awaitility;

/**
 * All of Tidings on this machine: every service, Kafka and PostgreSQL as processes of their own, which can be killed,
 * paused, stopped and doubled, and a network before Kafka and PostgreSQL that can fail.
 */
public final class Cluster implements AutoCloseable {

    public static final List<String> SERVICES = List.of(
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

    private static final String GATEWAY = "gateway";
    private static final Duration START_AT_MOST = Duration.ofMinutes(4);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path logs;
    private final TcpProxy kafkaNetwork = TcpProxy.open();
    private final TcpProxy databaseNetwork = TcpProxy.open();
    private final DatabaseServer database;
    private final EmbeddedInfrastructure mail = new EmbeddedInfrastructure(EmbeddedOptions.defaults());
    private Instance broker;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Instance> first = new ConcurrentSkipListMap<>();
    private final Map<String, Instance> second = new ConcurrentSkipListMap<>();
    private final AtomicInteger gaveUp = new AtomicInteger();
    private final Thread orchestrator = Thread.ofVirtual().name("orchestrator").unstarted(this::orchestrate);
    private Instance gateway;

    /** @param folder for data and logs */
    private Cluster(Path folder) {
        this.logs = folder.resolve("logs");
        this.database = new DatabaseServer(folder.resolve("postgres-data"));
    }

    /** Everything, running. */
    static Cluster started() {
        Path folder = ShippedService.root()
                .resolve("system-tests/target/cluster-%d"
                        .formatted(ProcessHandle.current().pid()));
        Cluster cluster = new Cluster(folder);
        try {
            cluster.start(folder);
            return cluster;
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    private void start(Path folder) {
        List<Integer> free = freePorts(SERVICES.size() + 2);
        int brokerPort = free.removeLast();
        ports.put(GATEWAY, free.removeLast());
        SERVICES.forEach(service -> ports.put(service, free.removeLast()));
        databaseNetwork.to(database.port());
        kafkaNetwork.to(brokerPort);
        broker = Instance.start("kafka", brokerCommand(folder, brokerPort), Map.of(), logs);
        await(() -> listens(brokerPort), "Kafka");
        SERVICES.forEach(service -> {
            new ShippedService(service).unpack();
            first.put(service, launch(service, ports.get(service), service, Optional.empty()));
        });
        gateway = Instance.start(
                GATEWAY, new ShippedService(GATEWAY).unpack().command(Optional.empty()), addresses(), logs);
        orchestrator.start();
        awaitAllReady();
    }

    private List<String> brokerCommand(Path folder, int port) {
        return List.of(
                ShippedService.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=128m",
                "-Xmx320m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                BrokerProcess.class.getName(),
                folder.resolve("kafka-data").toString(),
                Integer.toString(port),
                Integer.toString(kafkaNetwork.port()));
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        SERVICES.forEach(service -> addresses.put(
                "TIDINGS_SERVICES_%s_URL".formatted(service.toUpperCase().replace('-', '_')),
                "http://localhost:" + ports.get(service)));
        addresses.put("SERVER_PORT", Integer.toString(ports.get(GATEWAY)));
        return addresses;
    }

    /** Returns when every service answers, however often it has to be asked. */
    public void awaitAllReady() {
        ports.forEach((service, port) -> await(() -> isReady(port), service));
    }

    private void await(Callable<Boolean> condition, String what) {
        Awaitility.await("%s, which logs to %s".formatted(what, logs))
                .atMost(START_AT_MOST)
                .pollInterval(BETWEEN_LOOKS)
                .until(condition);
    }

    /** Starts services again that gave up, such as one whose database fell while it started. */
    private void orchestrate() {
        while (!Thread.currentThread().isInterrupted()) {
            instances().stream().filter(Instance::restartIfEnded).forEach(ended -> gaveUp.incrementAndGet());
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** How often a service ended by itself. */
    public int gaveUp() {
        return gaveUp.get();
    }

    private boolean isReady(int port) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:%d/actuator/health/startup".formatted(port)))
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

    private Instance launch(String service, int port, String name, Optional<Path> before) {
        DatabaseAccess access = database.database(service);
        MailServer mails = mail.mail();
        Map<String, String> environment = Map.ofEntries(
                Map.entry(
                        "SPRING_DATASOURCE_URL",
                        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(databaseNetwork.port(), access.username())),
                Map.entry("SPRING_DATASOURCE_USERNAME", access.username()),
                Map.entry("SPRING_DATASOURCE_PASSWORD", access.password()),
                Map.entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafkaNetwork.port()),
                Map.entry("SPRING_MAIL_HOST", mails.smtpHost()),
                Map.entry("SPRING_MAIL_PORT", Integer.toString(mails.smtpPort())),
                Map.entry("TIDINGS_TEST_DOOR_ENABLED", "true"),
                Map.entry("TIDINGS_USERS_URL", "http://localhost:" + ports.get("user-service")),
                // Who is away is given up, what stands still is seen, and faults last, for seconds here and for minutes
                // elsewhere.
                Map.entry("TIDINGS_ORCHESTRATION_ANSWER_WITHIN", "4s"),
                Map.entry("TIDINGS_ORCHESTRATION_ATTEMPTS", "2"),
                Map.entry("TIDINGS_FLOWS_STALLED_AFTER", "5s"),
                Map.entry("TIDINGS_FLOWS_FIRST_CHECK", "5s"),
                Map.entry("TIDINGS_OUTBOX_SEND_TIMEOUT", "5s"),
                Map.entry("SPRING_DATASOURCE_HIKARI_DATA_SOURCE_PROPERTIES_SOCKETTIMEOUT", "10"),
                Map.entry("SERVER_PORT", Integer.toString(port)));
        return Instance.start(name, new ShippedService(service).command(before), environment, logs);
    }

    public URI gateway() {
        return URI.create("http://localhost:" + ports.get(GATEWAY));
    }

    public URI mailbox() {
        return mail.mail().mailboxApi();
    }

    public DatabaseServer database() {
        return database;
    }

    public Instance broker() {
        return broker;
    }

    public TcpProxy kafkaNetwork() {
        return kafkaNetwork;
    }

    public TcpProxy databaseNetwork() {
        return databaseNetwork;
    }

    /** All instances of all services. */
    public List<Instance> instances() {
        List<Instance> all = new ArrayList<>(first.values());
        all.addAll(second.values());
        return all;
    }

    /** Ends a service, and leaves the others to do without it. */
    public void stop(String service) {
        first.get(service).stop();
    }

    /** Starts a service that was stopped where it was before, and returns when it is ready; one that runs goes on. */
    public void restart(String service) {
        first.get(service).startAgain();
        await(() -> isReady(ports.get(service)), service);
    }

    /** Starts a service again with classes that come before its own, and returns when it is ready. */
    public void restartWith(Path classes, String service) {
        replace(service, Optional.of(classes));
    }

    /** Undoes {@link #restartWith}. */
    public void restartAsShipped(String service) {
        replace(service, Optional.empty());
    }

    private void replace(String service, Optional<Path> before) {
        stop(service);
        first.put(service, launch(service, ports.get(service), service, before));
        await(() -> isReady(ports.get(service)), service);
    }

    /** Has a service hear again whatever is on its topics: stops it, forgets its offsets, and starts it again. */
    public void rewind(String service) {
        List<Instance> all = Stream.of(first, second)
                .flatMap(one -> Stream.ofNullable(one.get(service)))
                .toList();
        all.forEach(Instance::stop);
        try (Admin admin = Admin.create(Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + kafkaNetwork.port()))) {
            forgetOffsets(admin, service);
        } finally {
            all.forEach(Instance::startAgain);
        }
        await(() -> isReady(ports.get(service)), service);
    }

    /** Who has just gone may count as a member for a while, and a broker that was just cut off may not answer at once. */
    private void forgetOffsets(Admin admin, String group) {
        await(
                () -> {
                    try {
                        admin.deleteConsumerGroups(List.of(group)).all().get();
                        return true;
                    } catch (ExecutionException notYet) {
                        return notYet.getCause() instanceof GroupIdNotFoundException;
                    }
                },
                "the group of " + group + " to be empty");
    }

    /** Those of which there are several. */
    public Collection<String> doubled() {
        return List.copyOf(second.keySet());
    }

    public void scaleUp(String service) {
        second.computeIfAbsent(service, name -> launch(name, freePorts(1).getFirst(), name + "-2", Optional.empty()));
    }

    public void scaleDown(String service) {
        Instance instance = second.remove(service);
        if (instance != null) {
            instance.stop();
        }
    }

    /** Ports that nobody listens on: all are held until the last is found, so that no two are the same. */
    private static List<Integer> freePorts(int count) {
        List<ServerSocketChannel> listening = new ArrayList<>();
        try {
            List<Integer> free = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocketChannel next = Loopback.bindToAny();
                listening.add(next);
                free.add(next.socket().getLocalPort());
            }
            for (ServerSocketChannel one : listening) {
                one.close();
            }
            return free;
        } catch (IOException failure) {
            throw new UncheckedIOException("There are no free ports.", failure);
        }
    }

    @Override
    public void close() {
        orchestrator.interrupt();
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
