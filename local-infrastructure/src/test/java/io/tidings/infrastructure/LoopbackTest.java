package io.tidings.infrastructure;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoopbackTest {

    private static final int CHILDREN = 100;

    @Test
    void a_port_that_was_free_can_be_listened_on_while_processes_are_started() {
        // given
        CompletableFuture<Void> children = CompletableFuture.runAsync(LoopbackTest::startChildren);
        // when
        while (!children.isDone()) {
            int free = Loopback.anyFree();
            // then
            assertThatCode(() -> new ServerSocket(free, 1, InetAddress.getByName(Loopback.HOST)).close())
                    .as("listening on port %d, which was free", free)
                    .doesNotThrowAnyException();
        }
        children.join();
    }

    private static void startChildren() {
        for (int child = 0; child < CHILDREN; child++) {
            try {
                ChildProcesses.start(new ProcessBuilder("true")).waitFor();
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
