package io.tidings.scenarios;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A gateway and a mailbox on one port that answer what a test lays down, so that they can answer wrongly too. */
public final class SmallSystem implements AutoCloseable {

    /** What is answered, as JSON; the text may use the request's correlation id. */
    record Reply(int status, UnaryOperator<String> body) {}

    private final HttpServer server;
    private final Map<String, Deque<Reply>> replies = new HashMap<>();
    private final Map<String, Reply> repliesByPrefix = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private String lastPostedFlow = "";

    public SmallSystem() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Answers in the order in which it is told; the last answer is given again and again. */
    public synchronized SmallSystem answers(String methodAndPath, int status, String body) {
        return answers(methodAndPath, status, flow -> body);
    }

    /** The body may depend on the flow of the last POST. */
    synchronized SmallSystem answers(String methodAndPath, int status, UnaryOperator<String> body) {
        replies.computeIfAbsent(methodAndPath, first -> new ArrayDeque<>()).add(new Reply(status, body));
        return this;
    }

    /** For all paths that begin in this way. */
    synchronized SmallSystem answersByPrefix(String methodAndPrefix, int status, String body) {
        repliesByPrefix.put(methodAndPrefix, new Reply(status, flow -> body));
        return this;
    }

    /** Method and path of each request, without a query. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            requests.add(asked);
            if (exchange.getRequestMethod().equals("POST")) {
                lastPostedFlow = exchange.getRequestHeaders().getFirst("X-Correlation-Id");
            }
            Reply reply = replyTo(asked);
            byte[] body = reply.body().apply(lastPostedFlow).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply replyTo(String asked) {
        Deque<Reply> possible = replies.getOrDefault(asked, new ArrayDeque<>());
        if (!possible.isEmpty()) {
            return possible.size() > 1 ? possible.remove() : possible.getFirst();
        }
        return repliesByPrefix.entrySet().stream()
                .filter(entry -> asked.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> new Reply(404, flow -> "{\"detail\":\"There is nothing.\"}"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
