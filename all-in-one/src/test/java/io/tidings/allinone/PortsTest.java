package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void a_free_port_is_found_for_each_that_may_be_any() {
        // given
        Map<Port, Integer> any = Arrays.stream(Port.values()).collect(Collectors.toMap(port -> port, port -> 0));

        // when
        Ports reserved = Ports.of(any).reserve(EnumSet.allOf(Port.class));

        // then
        assertThat(Arrays.stream(Port.values()).map(reserved::of))
                .doesNotHaveDuplicates()
                .as("ports that Linux gives to no outgoing connection, which would take it before the server does")
                .allMatch(number -> number > 0 && number < 32_768);
    }

    @Test
    void a_taken_port_is_refused_with_what_to_do() throws IOException {
        try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = somebody.getLocalPort();

            assertThatThrownBy(() -> Ports.of(Map.of(Port.KAFKA, taken)).reserve(Set.of(Port.KAFKA)))
                    .isInstanceOf(StartException.class)
                    .hasMessage(
                            "Port %d (kafka) is taken: stop what listens there, or choose another with --kafka-port=%d."
                                    .formatted(taken, Math.min(taken + 10_000, 65_000)));
        }
    }

    @Test
    void a_listener_on_all_addresses_takes_the_port_too() throws IOException {
        try (ServerSocket somebody = new ServerSocket(0)) {
            int taken = somebody.getLocalPort();

            assertThatThrownBy(() -> Ports.of(Map.of(Port.KAFKA, taken)).reserve(Set.of(Port.KAFKA)))
                    .isInstanceOf(StartException.class);
        }
    }

    @Test
    void all_that_are_taken_are_named_at_once() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<Port, Integer> taken = Map.of(Port.KAFKA, one.getLocalPort(), Port.SMTP, other.getLocalPort());

            assertThatThrownBy(() -> Ports.of(taken).reserve(EnumSet.of(Port.KAFKA, Port.SMTP)))
                    .hasMessageContaining("Ports %d (kafka), %d (smtp) are taken"
                            .formatted(one.getLocalPort(), other.getLocalPort()));
        }
    }

    @Test
    void a_port_that_is_chosen_twice_is_taken_for_the_second() {
        int free = freePort();
        Map<Port, Integer> same = Map.of(Port.KAFKA, free, Port.SMTP, free);

        assertThatThrownBy(() -> Ports.of(same).reserve(EnumSet.of(Port.KAFKA, Port.SMTP)))
                .hasMessageContaining("(smtp)");
    }

    @Test
    void what_is_not_needed_may_be_taken() throws IOException {
        try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = Ports.of(Map.of(Port.KAFKA, somebody.getLocalPort(), Port.SMTP, 0));

            assertThat(ports.reserve(Set.of(Port.SMTP)).of(Port.SMTP)).isPositive();
        }
    }

    private static int freePort() {
        return Ports.of(Map.of(Port.KAFKA, 0)).reserve(Set.of(Port.KAFKA)).of(Port.KAFKA);
    }
}
