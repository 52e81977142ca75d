package io.tidings.allinone;

import io.tidings.bus.inprocess.InProcessExchange;
import io.tidings.infrastructure.DatabaseAccess;
import io.tidings.infrastructure.EmbeddedInfrastructure;
import io.tidings.infrastructure.EmbeddedOptions;
import io.tidings.infrastructure.InfrastructureException;
import io.tidings.infrastructure.Part;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole shop, running in this JVM. It may be closed at any time, also while it starts. */
final class Tidings implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Tidings.class);
    private static final Duration FOR_STARTS_TO_GIVE_UP = Duration.ofSeconds(3);
    private static final Duration FOR_CONTEXTS_TO_CLOSE = Duration.ofSeconds(15);
    private static final Duration TO_BECOME_HEALTHY = Duration.ofSeconds(60);

    private final CommandLine asked;
    private final Ports ports;
    private final Progress progress;
    private final EmbeddedInfrastructure infrastructure;
    private final Optional<InProcessExchange> exchange;
    private final Map<Service, ConfigurableApplicationContext> contexts = new ConcurrentHashMap<>();
    private final ExecutorService starts = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("start-", 1).daemon().factory());
    private final ReentrantLock closing = new ReentrantLock();
    private volatile boolean stopped;

    /**
     * Starts nothing yet.
     *
     * @throws StartException if a port is taken
     */
    Tidings(CommandLine asked, Progress progress) {
        this.asked = asked;
        this.progress = progress;
        this.ports = asked.ports().reserve(needed(asked));
        this.exchange = asked.needsKafka() ? Optional.empty() : Optional.of(new InProcessExchange());
        EmbeddedOptions options = EmbeddedOptions.defaults()
                .withKafkaPort(ports.of(Port.KAFKA))
                .withPostgresPort(ports.of(Port.POSTGRES))
                .withSmtpPort(ports.of(Port.SMTP))
                .withMailboxPort(ports.of(Port.MAILBOX));
        Path dataFolder = asked.dataFolder();
        this.infrastructure =
                new EmbeddedInfrastructure(dataFolder == null ? options : options.withDataFolder(dataFolder));
    }

    private static Set<Port> needed(CommandLine asked) {
        Set<Port> needed = EnumSet.allOf(Port.class);
        if (!asked.needsKafka()) {
            needed.remove(Port.KAFKA);
        }
        return needed;
    }

    /**
     * Starts everything and returns when all of it is healthy.
     *
     * @throws StartException if a part can't be started; close this then
     */
    void start() {
        List<Callable<Void>> parts = new ArrayList<>();
        if (asked.needsKafka()) {
            parts.add(() -> {
                start(Part.KAFKA, "Kafka", Port.KAFKA);
                awaitGroupCoordinator();
                return null;
            });
        }
        parts.add(() -> start(Part.POSTGRES, "PostgreSQL", Port.POSTGRES));
        parts.add(() -> start(Part.MAIL, "SMTP", Port.SMTP));
        together(parts);
        together(Service.ALL.stream()
                .<Callable<Void>>map(service -> () -> start(service))
                .toList());
        awaitHealth();
    }

    private @Nullable Void start(Part part, String name, Port port) {
        try {
            infrastructure.start(part);
        } catch (InfrastructureException failure) {
            log.error("{} did not start.", name, failure);
            throw new StartException("%s did not start: %s".formatted(name, reasonOf(failure)), failure);
        }
        progress.isUp(name, ports.of(port));
        return null;
    }

    /**
     * Kafka makes the topic in which consumers keep their offsets when the first of them asks for it. Until that is done,
     * consumers of {@code group.protocol=consumer} poll without a pause, and leave no processor to the others' start.
     */
    private void awaitGroupCoordinator() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, infrastructure.kafkaBootstrapServers()))) {
            admin.listConsumerGroupOffsets("nobody")
                    .partitionsToOffsetAndMetadata()
                    .get();
        }
    }

    private @Nullable Void start(Service service) {
        try {
            ConfigurableApplicationContext context = new SpringApplicationBuilder(service.application())
                    .bannerMode(Banner.Mode.OFF)
                    .registerShutdownHook(false)
                    .initializers(fresh -> exchange.ifPresent(
                            shared -> fresh.getBeanFactory().registerSingleton("inProcessExchange", shared)))
                    .run(settingsOf(service).toArray(String[]::new));
            contexts.put(service, context);
        } catch (RuntimeException failure) {
            log.error("{} did not start.", service, failure);
            throw new StartException("%s did not start: %s".formatted(service, reasonOf(failure)), failure);
        }
        progress.isUp(service.name(), ports.of(Port.of(service)));
        return null;
    }

    private static String reasonOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof InfrastructureException)) {
            root = root.getCause();
        }
        if (root instanceof OutOfMemoryError) {
            return "its memory is too small; give the JVM more, as in TIDINGS_JAVA_OPTIONS=-Xmx600m.";
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    private List<String> settingsOf(Service service) {
        List<String> settings = new ArrayList<>(List.of(
                "--spring.config.name=" + service.name(),
                "--spring.main.log-startup-info=false",
                "--server.port=" + ports.of(Port.of(service)),
                // What is one of its kind in a JVM can't be one of each service.
                "--spring.jmx.enabled=false",
                "--management.metrics.use-global-registry=false"));
        if (service.equals(Service.GATEWAY)) {
            Service.BEHIND_THE_GATEWAY.forEach(other ->
                    settings.add("--tidings.services.%s.url=%s".formatted(other.name(), address(Port.of(other)))));
            return settings;
        }
        DatabaseAccess database = infrastructure.database(service.name());
        settings.add("--spring.datasource.url=" + database.jdbcUrl());
        settings.add("--spring.datasource.username=" + database.username());
        settings.add("--spring.datasource.password=" + database.password());
        settings.add("--tidings.bus=" + asked.bus());
        settings.add("--spring.kafka.bootstrap-servers=127.0.0.1:" + ports.of(Port.KAFKA));
        if (asked.playsScenarios()) {
            settings.addAll(settingsForScenarios(service));
        }
        if (service.name().equals("email-service")) {
            settings.add("--spring.mail.host=127.0.0.1");
            settings.add("--spring.mail.port=" + ports.of(Port.SMTP));
            settings.add("--tidings.users.url=" + address(Port.USER_SERVICE));
        }
        return settings;
    }

    private static List<String> settingsForScenarios(Service service) {
        return switch (service.name()) {
            // Some forge messages of the first two, some make payment-service deaf and wait for what follows.
            case "user-service", "warehouse-service", "payment-service" -> List.of("--tidings.test-door.enabled=true");
            case "order-service" ->
                List.of("--tidings.orchestration.answer-within=2s", "--tidings.orchestration.attempts=2");
            case "audit-service" -> List.of("--tidings.flows.stalled-after=5s", "--tidings.flows.first-check=5s");
            default -> List.of();
        };
    }

    private void awaitHealth() {
        together(Service.ALL.stream()
                .<Callable<Void>>map(service -> () -> {
                    Readiness.await(service.name(), address(Port.of(service)), TO_BECOME_HEALTHY);
                    return null;
                })
                .toList());
        progress.say("all healthy after " + Progress.sinceStart());
    }

    /** Returns when all is done, or throws as soon as one fails; the others then go on until this is closed. */
    private void together(List<Callable<Void>> tasks) {
        var running = new ExecutorCompletionService<Void>(starts);
        try {
            tasks.forEach(running::submit);
            for (int done = 0; done < tasks.size(); done++) {
                running.take().get();
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            log.error("The start failed.", failure);
            throw new StartException("The start failed: " + reasonOf(failure), failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new StartException("The start was interrupted.", interruption);
        }
    }

    boolean isStopped() {
        return stopped;
    }

    URI gateway() {
        return address(Port.GATEWAY);
    }

    URI mailbox() {
        return address(Port.MAILBOX);
    }

    private URI address(Port port) {
        return URI.create("http://127.0.0.1:" + ports.of(port));
    }

    /** Where everything can be found, a line each. */
    List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        addresses.add(line("gateway", gateway() + "   (all services; GET /doors lists them)"));
        Service.BEHIND_THE_GATEWAY.forEach(service ->
                addresses.add(line(service.name(), address(Port.of(service)).toString())));
        if (asked.needsKafka()) {
            addresses.add(line("Kafka", "127.0.0.1:" + ports.of(Port.KAFKA)));
        }
        addresses.add(line(
                "PostgreSQL",
                "127.0.0.1:%d   (order_service, …: database, user and password are the same)"
                        .formatted(ports.of(Port.POSTGRES))));
        addresses.add(line("SMTP", "127.0.0.1:" + ports.of(Port.SMTP)));
        addresses.add(line("mailboxes", mailbox() + "/api/user/ADDRESS/messages"));
        return addresses;
    }

    private static String line(String name, String address) {
        return "%-18s %s".formatted(name, address);
    }

    /** Stops the gateway, then the services, then what they stand on. */
    @Override
    public void close() {
        stopped = true;
        closing.lock();
        try {
            starts.shutdownNow();
            await(starts, FOR_STARTS_TO_GIVE_UP);
            close(List.of(Service.GATEWAY));
            close(Service.BEHIND_THE_GATEWAY);
            infrastructure.close();
        } finally {
            closing.unlock();
        }
    }

    private void close(List<Service> services) {
        List<ConfigurableApplicationContext> running =
                services.stream().map(contexts::remove).filter(Objects::nonNull).toList();
        ExecutorService ends = Executors.newVirtualThreadPerTaskExecutor();
        running.forEach(context -> ends.execute(context::close));
        ends.shutdown();
        await(ends, FOR_CONTEXTS_TO_CLOSE);
    }

    private static void await(ExecutorService ending, Duration atMost) {
        try {
            if (!ending.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Something did not end within {} s and is left to the end of the JVM.", atMost.toSeconds());
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
