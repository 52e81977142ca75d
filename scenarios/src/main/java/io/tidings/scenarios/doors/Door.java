package io.tidings.scenarios.doors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A place that answers HTTP with JSON: the gateway, or the mailboxes. */
public final class Door implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String name;
    private final String setting;
    private final String base;
    private final HttpClient client;

    private Door(String name, String setting, URI base) {
        this.name = name;
        this.setting = setting;
        this.base = base.toString().replaceAll("/+$", "");
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .build();
    }

    /** The gateway, through which every service is asked. */
    public static Door gateway(URI base) {
        return new Door("The gateway", "TIDINGS_GATEWAY", base);
    }

    /** GreenMail's HTTP interface, where mails can be read that were sent over SMTP. */
    public static Door mailbox(URI base) {
        return new Door("The mailbox", "TIDINGS_MAILBOX", base);
    }

    /** @throws DoorException if there is no answer at all */
    public Answer get(String path) {
        return ask("GET", path, null, Map.of());
    }

    /**
     * @param body what is sent as JSON; null for nothing
     * @throws DoorException if there is no answer at all
     */
    public Answer post(String path, @Nullable Object body, Map<String, String> headers) {
        return ask("POST", path, body, headers);
    }

    /**
     * @param body what is sent as JSON
     * @throws DoorException if there is no answer at all
     */
    public Answer put(String path, Object body) {
        return ask("PUT", path, body, Map.of());
    }

    /** @throws DoorException if there is no answer at all */
    public Answer delete(String path) {
        return ask("DELETE", path, null, Map.of());
    }

    /**
     * Passes on what a stream of <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent
     * events</a> says, as it comes, until it ends.
     *
     * @throws DoorException if there is no answer at all, or it breaks off
     * @throws UnexpectedAnswerException if the answer is no stream
     */
    public void follow(String path, Consumer<String> listener) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "text/event-stream, application/problem+json")
                .build();
        HttpResponse<Stream<String>> response = send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                byte[] body = lines.collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
                throw new UnexpectedAnswerException(
                        new Answer("GET", path, "", Instant.now(), Duration.ZERO, response.statusCode(), jsonOf(body)),
                        "a stream");
            }
            StringBuilder data = new StringBuilder();
            lines.forEach(line -> {
                if (line.startsWith("data:")) {
                    data.append(line.substring("data:".length())).append('\n');
                } else if (line.isEmpty() && !data.isEmpty()) {
                    listener.accept(data.toString());
                    data.setLength(0);
                }
            });
        } catch (UncheckedIOException broken) {
            throw new DoorException("%s at %s went away.".formatted(name, base), broken);
        }
    }

    private Answer ask(String method, String path, @Nullable Object body, Map<String, String> headers) {
        String correlationId = UUID.randomUUID().toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER_WITHIN)
                .header("Accept", "application/json, application/problem+json, text/plain;q=0.5")
                .header("X-Correlation-Id", correlationId);
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        }
        Instant askedAt = Instant.now();
        long start = System.nanoTime();
        HttpResponse<byte[]> response = send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Answer(method, path, correlationId, askedAt, took, response.statusCode(), jsonOf(response.body()));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> reading) {
        try {
            return client.send(request, reading);
        } catch (IOException failure) {
            throw new DoorException(
                    "%s at %s does not answer (%s): start the system with ./tidings up, or say in %s where it is."
                            .formatted(name, base, reasonOf(failure), setting),
                    failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new DoorException(
                    "%s was not waited for, because the play was stopped.".formatted(name), interruption);
        }
    }

    private static String reasonOf(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static JsonNode jsonOf(byte[] body) {
        try {
            return body.length == 0 ? JSON.missingNode() : JSON.readTree(body);
        } catch (JacksonException noJson) {
            return JsonNodeFactory.instance.stringNode(new String(body, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
