package io.tidings.systemtests;

import static org.awaitility.Awaitility.await;

import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.MailServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All of Tidings as separate processes, on real Kafka, PostgreSQL and SMTP. */
final class RunningSystem implements AutoCloseable {

    private static final List<String> SERVICES = List.of(
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

    private final Map<String, ServiceProcess> services = new LinkedHashMap<>();
    private final ServiceProcess gateway;
    private final MailServer mail;

    private RunningSystem(Infrastructure infrastructure) {
        infrastructure.start();
        mail = infrastructure.mail();
        List<Integer> ports = freePorts(SERVICES.size() + 1);
        Map<String, Integer> portOf = new HashMap<>();
        SERVICES.forEach(service -> portOf.put(service, ports.get(portOf.size())));
        SERVICES.forEach(service -> services.put(
                service,
                ServiceProcess.start(
                        service,
                        portOf.get(service),
                        environmentOf(infrastructure.database(service), infrastructure, portOf.get("user-service")))));
        Map<String, String> addresses = new HashMap<>();
        portOf.forEach((service, port) -> addresses.put(
                "TIDINGS_SERVICES_%s_URL".formatted(service.toUpperCase().replace('-', '_')),
                "http://localhost:" + port));
        gateway = ServiceProcess.start("gateway", ports.getLast(), addresses);
    }

    /** Starts everything and returns when all of it is ready. */
    static RunningSystem start() {
        RunningSystem system = new RunningSystem(Infrastructure.shared());
        try {
            List<ServiceProcess> all = new ArrayList<>(system.services.values());
            all.add(system.gateway);
            all.forEach(RunningSystem::awaitReady);
            return system;
        } catch (RuntimeException failure) {
            system.close();
            throw failure;
        }
    }

    private static void awaitReady(ServiceProcess service) {
        await().atMost(Duration.ofMinutes(3)).until(service::isReady);
    }

    private Map<String, String> environmentOf(DatabaseAccess database, Infrastructure infrastructure, int userPort) {
        return Map.ofEntries(
                Map.entry("SPRING_DATASOURCE_URL", database.jdbcUrl()),
                Map.entry("SPRING_DATASOURCE_USERNAME", database.username()),
                Map.entry("SPRING_DATASOURCE_PASSWORD", database.password()),
                Map.entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", infrastructure.kafkaBootstrapServers()),
                Map.entry("SPRING_MAIL_HOST", mail.smtpHost()),
                Map.entry("SPRING_MAIL_PORT", Integer.toString(mail.smtpPort())),
                Map.entry("TIDINGS_TEST_DOOR_ENABLED", "true"),
                Map.entry("TIDINGS_ORCHESTRATION_ANSWER_WITHIN", "2s"),
                Map.entry("TIDINGS_ORCHESTRATION_ATTEMPTS", "2"),
                Map.entry("TIDINGS_FLOWS_STALLED_AFTER", "5s"),
                Map.entry("TIDINGS_FLOWS_FIRST_CHECK", "5s"),
                Map.entry("TIDINGS_USERS_URL", "http://localhost:" + userPort));
    }

    /** Ends a service, and leaves the others to do without it. */
    void stop(String service) {
        services.get(service).close();
    }

    /** Starts a service that was stopped where it was before, and returns when it is ready; one that runs goes on. */
    void restart(String service) {
        ServiceProcess running = services.compute(service, (name, process) -> process.startedAgain());
        awaitReady(running);
    }

    URI gateway() {
        return gateway.address();
    }

    URI mailbox() {
        return mail.mailboxApi();
    }

    /** Ports that nobody listens on: all are held until the last is found, so that no two are the same. */
    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException failure) {
            throw new UncheckedIOException("There are no free ports.", failure);
        }
    }

    @Override
    public void close() {
        gateway.close();
        services.values().forEach(ServiceProcess::close);
    }
}
