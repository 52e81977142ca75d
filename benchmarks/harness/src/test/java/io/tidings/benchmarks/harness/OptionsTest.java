package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final Path ROOT = Path.of("/repository");
    private static final Set<String> KNOWN = new LinkedHashSet<>(List.of("relay", "consumer"));

    @Test
    void without_arguments_everything_is_measured_for_the_documentation() {
        assertThat(parse())
                .isEqualTo(new Options(
                        List.of("relay", "consumer"),
                        false,
                        5,
                        Set.of(),
                        ROOT.resolve("docs/benchmarks"),
                        Optional.empty()));
    }

    @Test
    void what_is_measured_in_haste_or_in_part_does_not_overwrite_the_documentation() {
        assertThat(parse("--quick").output()).isEqualTo(ROOT.resolve("benchmarks/harness/target/reports"));
        assertThat(parse("--only=tidings").output()).isEqualTo(ROOT.resolve("benchmarks/harness/target/reports"));
        assertThat(parse("--quick", "--output=/elsewhere").output()).isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void the_command_of_the_report_does_the_same_again() {
        assertThat(parse("consumer", "--only=b,a", "--rounds=3", "--quick").command("consumer"))
                .isEqualTo("./tidings bench consumer --quick --rounds=3 --only=a,b");
        assertThat(parse("relay", "--only=a", "--output=docs/benchmarks").command("relay"))
                .isEqualTo("./tidings bench relay --only=a --output=docs/benchmarks");
        assertThat(parse("relay").command("relay")).isEqualTo("./tidings bench relay");
    }

    @Test
    void the_command_of_the_report_names_no_folder_of_this_machine() {
        assertThat(parse("relay", "--output=/repository/docs/benchmarks").command("relay"))
                .isEqualTo("./tidings bench relay --output=docs/benchmarks");
        assertThat(parse("relay", "--output=/elsewhere").command("relay"))
                .isEqualTo("./tidings bench relay --output=FOLDER");
    }

    @Test
    void what_nobody_knows_is_refused_with_what_there_is() {
        assertThatThrownBy(() -> parse("speed"))
                .hasMessageContaining("'speed'")
                .hasMessageContaining("relay, consumer and all");
        assertThatThrownBy(() -> parse("--rounds=none")).hasMessageContaining("whole number above zero");
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), KNOWN, ROOT);
    }
}
