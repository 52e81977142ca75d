package io.tidings.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class DockerEngineTest {

    @TempDir
    Path folder;

    @Test
    void no_socket_is_no_engine() {
        assertThat(DockerEngine.answers("unix://" + folder.resolve("docker.sock")))
                .isFalse();
        assertThat(DockerEngine.answers("not a uri")).isFalse();
    }

    @Test
    void an_engine_that_answers_its_ping_is_found() throws Exception {
        try (ServerSocketChannel server = listenAndAnswer("HTTP/1.1 200 OK\r\n\r\nOK")) {
            assertThat(DockerEngine.answers("unix://" + folder.resolve("docker.sock")))
                    .isTrue();
        }
    }

    @Test
    void an_engine_that_fails_is_none() throws Exception {
        try (ServerSocketChannel server = listenAndAnswer("HTTP/1.1 500 Internal Server Error\r\n\r\n")) {
            assertThat(DockerEngine.answers("unix://" + folder.resolve("docker.sock")))
                    .isFalse();
        }
    }

    @Test
    void an_engine_that_is_silent_is_none_and_is_not_waited_for_long() throws Exception {
        try (ServerSocketChannel server = listen()) {
            // given
            long begin = System.nanoTime();
            // when
            boolean answers = DockerEngine.answers("unix://" + folder.resolve("docker.sock"));
            // then
            assertThat(answers).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void an_engine_over_tcp_is_found_by_its_port() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST))) {
            assertThat(DockerEngine.answers("tcp://127.0.0.1:" + server.getLocalPort()))
                    .isTrue();
            server.close();
            assertThat(DockerEngine.answers("tcp://127.0.0.1:" + server.getLocalPort()))
                    .isFalse();
        }
    }

    private ServerSocketChannel listen() throws Exception {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("docker.sock")));
    }

    private ServerSocketChannel listenAndAnswer(String answer) throws Exception {
        ServerSocketChannel server = listen();
        Thread.ofVirtual().start(() -> {
            try (SocketChannel client = server.accept()) {
                client.read(ByteBuffer.allocate(1024));
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
            } catch (Exception closed) {
                // The test is over.
            }
        });
        return server;
    }
}
