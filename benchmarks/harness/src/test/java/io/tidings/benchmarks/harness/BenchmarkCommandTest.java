package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BenchmarkCommandTest {

    private static final Path ROOT = Path.of("../..");

    @Test
    void help_and_the_documentation_name_every_benchmark() throws IOException {
        String help = Files.readString(ROOT.resolve("tidings"));
        String documentation = Files.readString(ROOT.resolve("docs/benchmarks/README.md"));

        assertThat(help)
                .contains("bench [%s|all]"
                        .formatted(
                                String.join("|", BenchmarkCommand.benchmarks().keySet())));
        assertThat(documentation)
                .contains(BenchmarkCommand.benchmarks().keySet().stream()
                        .map("`./tidings bench %s`"::formatted)
                        .toList());
    }
}
