package io.tidings.order.orchestration;

import static org.awaitility.Awaitility.await;

import io.tidings.infrastructure.Loopback;
import io.tidings.order.Customer;
import io.tidings.order.OrderServiceApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An order-service in a process of its own, which can be killed: it has no time for a good-bye. */
final class KilledService implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final String address;

    private KilledService(Process process, int port) {
        this.process = process;
        this.address = "http://127.0.0.1:" + port;
    }

    /** Returns when it is ready. */
    static KilledService start(Path folder, List<String> settings) {
        int port = Loopback.anyFree();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                OrderServiceApplication.class.getName(),
                "--server.port=" + port));
        command.addAll(settings);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("order-service.log").toFile())
                    .start();
            return new KilledService(process, port).awaitReady();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private KilledService awaitReady() {
        try {
            await("order-service to be ready")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(this::isReady);
            return this;
        } catch (RuntimeException late) {
            kill();
            throw late;
        }
    }

    private boolean isReady() {
        return ask("GET", "/actuator/health/readiness", "").statusCode() == 200;
    }

    /** Asks again until it has heard of user and product. */
    UUID place(UUID user, String sku) {
        return await("the order to be placed")
                .atMost(PATIENCE)
                .until(
                        () -> ask("POST", "/orders", Customer.orchestratedOrder(user, sku, 1)),
                        answer -> answer.statusCode() == 201)
                .body()
                .path("orderId")
                .asString()
                .transform(UUID::fromString);
    }

    void cancel(UUID order) {
        await().until(() ->
                ask("POST", "/orders/%s/cancel".formatted(order), "").statusCode() == 200);
    }

    String stepOf(UUID order) {
        return ask("GET", "/sagas/" + order, "").body().path("step").asString("");
    }

    void awaitStep(UUID order, String step) {
        await(step).atMost(PATIENCE).until(() -> stepOf(order).equals(step));
    }

    private HttpResponse<JsonNode> ask(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return HTTP.sendAsync(
                        request,
                        answer -> HttpResponse.BodySubscribers.mapping(
                                HttpResponse.BodySubscribers.ofByteArray(), JsonMapper.shared()::readTree))
                .join();
    }

    /** As a machine dies: nothing is finished, flushed, committed or told. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
