package io.tidings.infrastructure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Looks for a Docker engine quickly and without a word, which Testcontainers does not. */
final class DockerEngine {

    private static final long MILLISECONDS_TO_ANSWER = 2_000;

    private DockerEngine() {}

    /** Whether one answers where Testcontainers would look for it. */
    static boolean answers() {
        String configured = System.getenv("DOCKER_HOST");
        if (configured != null && !configured.isBlank()) {
            return answers(configured);
        }
        return testcontainersIsConfigured() || sockets().anyMatch(socket -> answers("unix://" + socket));
    }

    static boolean answers(String dockerHost) {
        URI uri;
        try {
            uri = URI.create(dockerHost);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        return switch (String.valueOf(uri.getScheme())) {
            case "unix" -> Files.exists(Path.of(uri.getPath())) && ping(UnixDomainSocketAddress.of(uri.getPath()));
            // Over TLS a ping would need the certificates: a port that is open is taken for an answer.
            case "tcp", "http", "https" ->
                uri.getHost() != null && listens(new InetSocketAddress(uri.getHost(), uri.getPort()));
            // A named pipe, or ssh. Whoever set it up means it.
            default -> uri.getScheme() != null;
        };
    }

    private static Stream<Path> sockets() {
        String home = System.getProperty("user.home", "");
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        return Stream.of(
                        "/var/run/docker.sock",
                        runtime == null ? "" : runtime + "/docker.sock",
                        home + "/.docker/run/docker.sock",
                        home + "/.docker/desktop/docker.sock")
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .filter(Files::exists);
    }

    // On Windows and for unusual set-ups: ~/.testcontainers.properties may name the engine.
    private static boolean testcontainersIsConfigured() {
        Path file = Path.of(System.getProperty("user.home", ""), ".testcontainers.properties");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("docker.host="))
                    .map(line -> line.substring("docker.host=".length())
                            .replace("\\", "")
                            .strip())
                    .anyMatch(DockerEngine::answers);
        } catch (IOException | RuntimeException absent) {
            return false;
        }
    }

    private static boolean listens(SocketAddress address) {
        return withinTime(() -> {
            try (SocketChannel channel = SocketChannel.open(address)) {
                return channel.isConnected();
            }
        });
    }

    private static boolean ping(UnixDomainSocketAddress socket) {
        return withinTime(() -> {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(socket);
                channel.write(ByteBuffer.wrap(
                        "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                ByteBuffer answer = ByteBuffer.allocate("HTTP/1.0 200".length());
                while (answer.hasRemaining() && channel.read(answer) >= 0) {}
                return new String(answer.array(), StandardCharsets.US_ASCII).endsWith(" 200");
            }
        });
    }

    private static boolean withinTime(Attempt attempt) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(attempt.make());
            } catch (IOException | RuntimeException failure) {
                answer.complete(false);
            }
        });
        try {
            return answer.get(MILLISECONDS_TO_ANSWER, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            return false;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @FunctionalInterface
    private interface Attempt {
        boolean make() throws IOException;
    }
}
