package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the program ends, seen from outside. */
class TidingsProcessTest {

    @TempDir
    private Path folder;

    private Path out;
    private Path error;
    private Process process;

    @BeforeEach
    void name_files() {
        out = folder.resolve("out.txt");
        error = folder.resolve("error.txt");
    }

    @AfterEach
    void end_process() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void asked_to_stop_while_it_starts_it_leaves_nothing_behind() throws Exception {
        // given
        Path data = folder.resolve("data");
        start("up", "--data=" + data);
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(out).contains("PostgreSQL is up"));
        assertThat(processesIn(data)).isNotEmpty();

        // when
        process.destroy();

        // then
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(processesIn(data)).isEmpty();
        assertThat(Files.readString(error)).isEmpty();
    }

    @Test
    void a_taken_port_ends_it_before_anything_starts() throws Exception {
        try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // when
            start("up", "--gateway-port=" + somebody.getLocalPort());

            // then
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(Files.readAllLines(error, StandardCharsets.UTF_8))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "Port %d (gateway) is taken: stop what listens there".formatted(somebody.getLocalPort()));
            assertThat(Files.readString(out)).isEmpty();
        }
    }

    @Test
    void a_cache_for_quicker_starts_is_of_use_only_if_everything_had_started() throws Exception {
        // given
        Path mark = folder.resolve("startup.aot.whole");
        try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start("up", "--gateway-port=" + somebody.getLocalPort());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(mark).doesNotExist();

        // when
        start("up");
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.readString(out).contains("Ctrl-C stops it."));

        // then
        assertThat(mark).exists();
    }

    @Test
    void an_unknown_scenario_ends_it_before_anything_starts() throws Exception {
        // when
        start("demo", "no-such-thing");

        // then
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(error)).startsWith("There is no scenario 'no-such-thing'");
        assertThat(Files.readString(out)).isEmpty();
    }

    private void start(String command, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dtidings.home=" + folder,
                "-Dtidings.startup-cache=" + folder.resolve("startup.aot"),
                "-cp",
                System.getProperty("java.class.path"),
                TidingsApplication.class.getName(),
                command));
        Stream.of(Port.values()).map(port -> port.option() + "=0").forEach(words::add);
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(error.toFile());
        // The JVM tells on the error stream that it picked these up.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        process = builder.start();
    }

    /** PostgreSQL's first process names its folder; it is nobody's child. */
    private static List<String> processesIn(Path data) {
        return ProcessHandle.allProcesses()
                .flatMap(handle -> handle.info().commandLine().stream())
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .toList();
    }
}
