package io.tidings.infrastructure;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on 127.0.0.1. */
public final class Loopback {

    static final String HOST = "127.0.0.1";

    // Below the ports that Linux (from 32768), macOS and Windows (from 49152) give to outgoing connections.
    static final int FIRST_PORT = 20_000;
    static final int LAST_PORT = 32_767;

    private static final int BACKLOG = 128;

    private Loopback() {}

    /**
     * Listens on a port, or on any free one for 0.
     *
     * @param owner for the message when the port is taken
     * @param option how another port is chosen
     */
    static ServerSocketChannel listen(int port, String owner, String option) {
        try {
            return port == 0 ? bindToAny() : bind(port);
        } catch (BindException failure) {
            throw new InfrastructureException(
                    "Port %d for %s is taken; stop what listens there or choose another with EmbeddedOptions.%s."
                            .formatted(port, owner, option),
                    failure);
        } catch (IOException failure) {
            throw new InfrastructureException(
                    "Port %d for %s cannot be listened on (%s); choose another with EmbeddedOptions.%s."
                            .formatted(port, owner, failure.getMessage(), option),
                    failure);
        }
    }

    /** Throws if a port cannot be listened on, for servers that do not say so clearly themselves. */
    static void requireFree(int port, String owner, String option) {
        if (port != 0) {
            tried(port, owner, option);
        }
    }

    /** A port that was free a moment ago; by the time it is used, somebody else may have been quicker. */
    public static int anyFree() {
        return tried(0, "a server", "");
    }

    private static int tried(int port, String owner, String option) {
        return ChildProcesses.withoutHeirs(() -> {
            ServerSocketChannel channel = listen(port, owner, option);
            int found = channel.socket().getLocalPort();
            close(channel);
            return found;
        });
    }

    static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // It listens no more, which is all that was wanted.
        }
    }

    /**
     * Listens on any free port, but none that the system would give away: while nobody listens there, a port of that range
     * may become the sender's side of any connection, even of a client's to that very port.
     */
    public static ServerSocketChannel bindToAny() throws IOException {
        for (int attempt = 0; attempt < 200; attempt++) {
            try {
                return bind(ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT + 1));
            } catch (BindException taken) {
                // The next one may be free.
            }
        }
        return bind(0);
    }

    private static ServerSocketChannel bind(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            return channel.bind(new InetSocketAddress(InetAddress.getByName(HOST), port), BACKLOG);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }
}
