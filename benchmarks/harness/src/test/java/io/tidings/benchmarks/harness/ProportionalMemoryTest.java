package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProportionalMemoryTest {

    @Test
    void a_process_has_its_part_of_what_it_shares() throws IOException {
        assertThat(ProportionalMemory.proportional(List.of(
                        "55d0-7ffe ---p 00000000 00:00 0    [rollup]",
                        "Rss:               90000 kB",
                        "Pss:               62500 kB",
                        "Pss_Anon:          11111 kB")))
                .isEqualTo(64);
    }

    @Test
    void a_process_of_which_the_kernel_tells_nothing_does_not_have_nothing() {
        assertThatThrownBy(() -> ProportionalMemory.proportional(List.of())).isInstanceOf(IOException.class);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells")
    void a_process_that_has_ended_meanwhile_has_nothing_and_the_others_count() throws Exception {
        // given
        Process ended = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ended.waitFor();
        // when
        OptionalDouble megabytes = ProportionalMemory.megabytes(List.of(ended.toHandle(), ProcessHandle.current()));
        // then
        assertThat(megabytes).as("MB of this process").isPresent();
        assertThat(megabytes.getAsDouble()).as("MB of this process").isPositive();
    }
}
