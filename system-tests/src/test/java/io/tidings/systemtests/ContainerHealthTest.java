package io.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker/service/healthy}, by which the engine finds out whether a container is healthy. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the script is for the bash of a Linux container")
class ContainerHealthTest {

    private static final int READY = 200;
    private static final int NOT_READY = 503;

    @TempDir
    Path temporary;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile int readyFrom = 1;
    private HttpServer service;

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/actuator/health/startup", exchange -> {
            exchange.sendResponseHeaders(asked.incrementAndGet() < readyFrom ? NOT_READY : READY, -1);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    @Test
    void the_first_check_waits_until_the_service_is_ready() throws Exception {
        // given
        readyFrom = 3;
        // when
        Check first = check();
        // then
        assertThat(first.status()).as("exit status; it said: " + first.said()).isZero();
        assertThat(asked).hasValue(3);
    }

    @Test
    void who_was_ready_is_asked_once_and_unhealthy_when_not_ready_any_more() throws Exception {
        // given
        check();
        readyFrom = Integer.MAX_VALUE;
        // when
        Check later = check();
        // then
        assertThat(later.status()).as("exit status").isNotZero();
        assertThat(later.said()).contains("503");
        assertThat(asked).hasValue(2);
    }

    @Test
    void who_was_ready_and_takes_no_connection_any_more_is_unhealthy() throws Exception {
        // given
        check();
        service.stop(0);
        // when
        Check later = check();
        // then
        assertThat(later.status()).as("exit status").isNotZero();
        assertThat(later.said()).contains("no answer");
    }

    private record Check(int status, String said) {}

    private Check check() throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder("../docker/service/healthy").redirectErrorStream(true);
        script.environment()
                .put("SERVER_PORT", String.valueOf(service.getAddress().getPort()));
        script.environment().put("TMPDIR", temporary.toString());
        Process process = script.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Duration.ofSeconds(20)))
                .as("the check ended")
                .isTrue();
        return new Check(process.exitValue(), said);
    }
}
