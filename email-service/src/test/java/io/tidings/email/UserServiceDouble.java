package io.tidings.email;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers as user-service does, over HTTP, or not at all. */
final class UserServiceDouble {

    private static final int NONE = 0;

    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final Set<String> erased = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int failure = NONE;
    private volatile CountDownLatch silence = new CountDownLatch(0);
    private HttpServer server;
    private int port;

    static UserServiceDouble start() {
        UserServiceDouble users = new UserServiceDouble();
        users.resume();
        return users;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** @return the user's id */
    UUID signUp(String email, String givenName) {
        UUID userId = UUID.randomUUID();
        users.put(userId.toString(), """
                {
                  "userId": "%s",
                  "email": "%s",
                  "givenName": "%s",
                  "familyName": "Lovelace",
                  "createdAt": "2026-01-01T00:00:00Z"
                }
                """.formatted(userId, email, givenName));
        return userId;
    }

    void erase(UUID userId) {
        users.remove(userId.toString());
        erased.add(userId.toString());
    }

    /** Those that named the user, in their order. */
    List<String> requestsFor(UUID userId) {
        return requests.stream()
                .filter(request -> request.contains(userId.toString()))
                .toList();
    }

    void failWith(int status) {
        failure = status;
    }

    /** Takes requests and answers none of them. */
    void fallSilent() {
        silence = new CountDownLatch(1);
    }

    void recover() {
        failure = NONE;
        silence.countDown();
    }

    void interrupt() {
        server.stop(0);
    }

    void resume() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        port = server.getAddress().getPort();
        server.createContext("/users", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            silence.await();
            requests.add(exchange.getRequestURI().toString());
            String query = exchange.getRequestURI().getQuery();
            String userId = exchange.getRequestURI().getPath().replaceFirst("/users/?", "");
            String known = query == null ? users.get(userId) : knownOf(query);
            int status = failure != NONE ? failure : known != null ? 200 : erased.contains(userId) ? 410 : 404;
            byte[] body =
                    (status == 200 ? known : "{\"status\": %d}".formatted(status)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param query such as {@code userId=1,2} */
    private String knownOf(String query) {
        return Stream.of(query.substring("userId=".length()).split(","))
                .map(users::get)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", ", "{\"users\": [", "]}"));
    }
}
