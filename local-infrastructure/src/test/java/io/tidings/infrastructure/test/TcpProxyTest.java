package io.tidings.infrastructure.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int CONNECTIONS = 500;
    private static final Duration PACE = Duration.ofNanos(1_000);

    @Test
    void no_connection_outlives_a_cut_at_whatever_moment_it_is_made() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(HERE, 0));
                TcpProxy network = TcpProxy.open().to(server.socket().getLocalPort())) {
            server.configureBlocking(false);
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                network.mend();
                try (Socket client = new Socket(HERE, network.port())) {
                    // when
                    passTime(PACE.multipliedBy(connection));
                    network.cut();
                    // then
                    assertThat(isReset(client)).as("connection %d", connection).isTrue();
                }
                forgetWhoCame(server);
            }
        }
    }

    /** Awake: whoever sleeps is woken too late. */
    private static void passTime(Duration time) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    private static boolean isReset(Socket client) throws IOException {
        client.setSoTimeout(10_000);
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static void forgetWhoCame(ServerSocketChannel server) throws IOException {
        for (SocketChannel came = server.accept(); came != null; came = server.accept()) {
            came.close();
        }
    }
}
