package io.tidings.infrastructure;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** Ports on 127.0.0.1. */
final class Loopback {

    static final String HOST = "127.0.0.1";

    private Loopback() {}

    /**
     * Listens on a port, or on any free one for 0.
     *
     * @param owner for the message when the port is taken
     * @param option how another port is chosen
     */
    static ServerSocketChannel listen(int port, String owner, String option) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.bind(new InetSocketAddress(InetAddress.getByName(HOST), port), 128);
                return channel;
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
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
            close(listen(port, owner, option));
        }
    }

    /** A port that was free a moment ago; by the time it is used, somebody else may have been quicker. */
    static int anyFree() {
        ServerSocketChannel channel = listen(0, "a server", "");
        int port = channel.socket().getLocalPort();
        close(channel);
        return port;
    }

    static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // It listens no more, which is all that was wanted.
        }
    }
}
