package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

    @TempDir
    private Path root;

    @Test
    void a_machine_has_what_the_kernel_says_is_available() throws IOException {
        machineHas(2_048);

        assertThat(new Memory(root).availableMegabytes()).hasValue(2_048);
    }

    @Test
    void a_container_has_its_limit_without_what_is_in_use() throws IOException {
        // given
        machineHas(8_000);
        containerHas("1073741824", 536_870_912, 104_857_600);

        // then
        assertThat(new Memory(root).availableMegabytes()).hasValue(512 + 100);
    }

    @Test
    void a_container_without_a_limit_has_what_the_machine_has() throws IOException {
        // given
        machineHas(8_000);
        containerHas("max", 536_870_912, 0);

        // then
        assertThat(new Memory(root).availableMegabytes()).hasValue(8_000);
    }

    @Test
    void too_little_is_refused_with_what_to_do() throws IOException {
        machineHas(700);

        assertThatThrownBy(() -> new Memory(root).require(1_200))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "The whole shop needs 1200 MB of memory and there are 700 MB: close something else, or give the machine or container more.");
    }

    @Test
    void enough_is_enough() throws IOException {
        machineHas(1_200);

        assertThatCode(() -> new Memory(root).require(1_200)).doesNotThrowAnyException();
    }

    @Test
    void where_nobody_can_tell_there_is_enough() {
        assertThatCode(() -> new Memory(root).require(1_200)).doesNotThrowAnyException();
    }

    private void machineHas(long megabytes) throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.writeString(
                root.resolve("proc/meminfo"),
                "MemTotal:       16000000 kB\nMemFree:          100000 kB\nMemAvailable:   %d kB\n"
                        .formatted(megabytes * 1024));
    }

    private void containerHas(String limit, long used, long inactiveFiles) throws IOException {
        Path folder = Files.createDirectories(root.resolve("sys/fs/cgroup"));
        Files.writeString(folder.resolve("memory.max"), limit + "\n");
        Files.writeString(folder.resolve("memory.current"), used + "\n");
        Files.writeString(folder.resolve("memory.stat"), "anon 1\ninactive_file %d\n".formatted(inactiveFiles));
    }
}
