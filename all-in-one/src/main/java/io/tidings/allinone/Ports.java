package io.tidings.allinone;

import io.tidings.infrastructure.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where everything listens, on loopback. */
final class Ports {

    private static final int CONNECT_WITHIN_MILLISECONDS = 300;

    private final Map<Port, Integer> numbers = new EnumMap<>(Port.class);

    private Ports(Map<Port, Integer> chosen) {
        for (Port port : Port.values()) {
            numbers.put(port, chosen.getOrDefault(port, port.usual()));
        }
    }

    /** @param chosen 0 for any free port; the usual one for what is not in it */
    static Ports of(Map<Port, Integer> chosen) {
        return new Ports(chosen);
    }

    int of(Port port) {
        return numbers.getOrDefault(port, port.usual());
    }

    /**
     * The same with a free port for each that was chosen as 0.
     *
     * @throws StartException if one of those that are needed is taken, or chosen twice
     */
    Ports reserve(Collection<Port> needed) {
        Map<Port, Integer> reserved = new EnumMap<>(numbers);
        // All of them are kept open until the last is found, so that no two get the same.
        List<ServerSocket> open = new ArrayList<>();
        List<Port> taken = new ArrayList<>();
        try {
            for (Port port : needed) {
                int number = of(port);
                ServerSocket socket = number != 0 && answers(number) ? null : listen(number);
                if (socket == null) {
                    taken.add(port);
                } else {
                    open.add(socket);
                    reserved.put(port, socket.getLocalPort());
                }
            }
        } finally {
            open.forEach(Ports::close);
        }
        if (!taken.isEmpty()) {
            throw new StartException("%s taken: stop what listens there, or choose another with %s."
                    .formatted(list(taken), options(taken)));
        }
        return new Ports(reserved);
    }

    private String list(List<Port> taken) {
        String list = taken.stream()
                .map(port -> "%d (%s)".formatted(of(port), port.label()))
                .collect(Collectors.joining(", "));
        return taken.size() == 1 ? "Port " + list + " is" : "Ports " + list + " are";
    }

    private String options(List<Port> taken) {
        return taken.stream()
                .map(port -> "%s=%d".formatted(port.option(), Math.min(of(port) + 10_000, 65_000)))
                .collect(Collectors.joining(" "));
    }

    /** On either loopback address: a listener on the other one would be asked instead of us. */
    private static boolean answers(int number) {
        for (String address : List.of("127.0.0.1", "::1")) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getByName(address), number), CONNECT_WITHIN_MILLISECONDS);
                return true;
            } catch (IOException nobody) {
                // As it should be.
            }
        }
        return false;
    }

    private static @Nullable ServerSocket listen(int number) {
        try {
            return number == 0
                    ? Loopback.bindToAny().socket()
                    : new ServerSocket(number, 1, InetAddress.getByName("127.0.0.1"));
        } catch (IOException taken) {
            return null;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It listens no more, which is all that was wanted.
        }
    }
}
