package io.tidings.infrastructure.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network that can fail: stands between a client and a server on this machine, and can be cut, at once or in the middle
 * of what the client sends, and made slow. Its port stays.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 16_384;
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytesUntilCut = new AtomicLong(UNLIMITED);
    private volatile int target;
    private volatile boolean cut;
    private volatile Duration delay = Duration.ZERO;

    private TcpProxy(ServerSocket door) {
        this.door = door;
    }

    /** A proxy on any free port, whose target is named later. Nobody is let through until then. */
    public static TcpProxy open() {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
            proxy.cut = true;
            Thread.ofVirtual().name("tcp-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException failure) {
            throw new UncheckedIOException("The proxy could not listen.", failure);
        }
    }

    /** Lets everyone through to a port of this machine. */
    public TcpProxy to(int port) {
        target = port;
        cut = false;
        return this;
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Cuts all connections, and each new one, until it is mended. */
    public void cut() {
        cut = true;
        open.forEach(TcpProxy::reset);
    }

    /** Lets this many more bytes of the clients through, and cuts then, wherever in a message that is. */
    public void cutAfter(long bytes) {
        bytesUntilCut.set(bytes);
    }

    /** Whether the network is cut. */
    public boolean isCut() {
        return cut;
    }

    /** Lets everyone through again, at full speed. */
    public void mend() {
        bytesUntilCut.set(UNLIMITED);
        delay = Duration.ZERO;
        cut = false;
    }

    /** Holds each piece of data up for a time, in both directions. */
    public void slow(Duration each) {
        delay = each;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (cut) {
                    reset(client);
                } else {
                    connect(client);
                }
            } catch (IOException closed) {
                // The next look at the door tells whether this was the end.
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket();
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            if (cut || door.isClosed()) { // Whoever did it may have looked before these two were there to be reset.
                reset(client);
                reset(server);
            }
            Thread.ofVirtual().start(() -> pump(client, server, true));
            Thread.ofVirtual().start(() -> pump(server, client, false));
        } catch (IOException away) {
            reset(client);
        }
    }

    private void pump(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!delay.isZero()) {
                    Thread.sleep(delay);
                }
                int passed = read;
                long left = fromClient ? bytesUntilCut.getAndUpdate(bytes -> after(bytes, passed)) : UNLIMITED;
                out.write(buffer, 0, (int) Math.min(read, left));
                out.flush();
                if (left <= read) {
                    cut();
                    return;
                }
            }
        } catch (IOException ended) {
            // One side is gone, and so is the other.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            reset(from);
            reset(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static long after(long bytes, int passed) {
        return bytes == UNLIMITED ? UNLIMITED : Math.max(0, bytes - passed);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The proxy could not be closed.", failure);
        }
        open.forEach(TcpProxy::reset);
    }
}
