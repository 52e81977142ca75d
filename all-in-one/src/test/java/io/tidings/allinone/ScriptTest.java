package io.tidings.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./tidings} in a clone of its own, with a Maven and a JDK that only say what they are asked to do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "./tidings is a script for bash")
class ScriptTest {

    private static final String MAVEN = """
            #!/usr/bin/env bash
            if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9'; exit; fi
            printf '%s\\n' "$@" >>"$CLONE/asked-of-maven"
            mkdir -p "$CLONE/all-in-one/target/lib"
            touch "$CLONE/all-in-one/target/all-in-one-1.0.0-SNAPSHOT.jar" "$CLONE/all-in-one/target/lib/a-1.0.0-SNAPSHOT.jar"
            if [ -e "$CLONE/stop-the-build" ]; then
                echo '[INFO] --- dependency:3.9.0:copy-dependencies (libraries) @ all-in-one ---'
                exit 1
            fi
            """;
    private static final String JAVA = """
            #!/usr/bin/env bash
            printf '%s\\n' "$@"
            """;

    /** Spaces, and the name of a folder that is left out when the script looks for what has changed. */
    @TempDir
    Path folder;

    private Path clone;

    @BeforeEach
    void makeClone() throws IOException {
        clone = folder.resolve("a folder/benchmarks/tidings").toAbsolutePath();
        Files.createDirectories(clone.resolve("all-in-one/src/main"));
        write("pom.xml", "<project/>");
        Files.copy(Path.of("../tidings"), clone.resolve("tidings"));
        writeProgram("bin/mvn", MAVEN);
        writeProgram("jdk/bin/java", JAVA);
        writeProgram("jdk/bin/javac", JAVA);
        write("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
    }

    @Test
    void a_folder_may_have_a_space_in_its_name() throws Exception {
        Said said = run("up");

        assertThat(said.status()).isZero();
        assertThat(said.lines())
                .contains("-jar", clone.resolve("all-in-one/target/all-in-one-1.0.0-SNAPSHOT.jar") + "", "up")
                .contains("-Dtidings.home=" + clone.resolve(".tidings"))
                .anyMatch(option -> option.startsWith("-XX:AOTCacheOutput=" + clone.resolve(".tidings/startup-")))
                .noneMatch(option -> option.startsWith("folder"));
    }

    @Test
    void it_starts_without_a_cache_and_without_a_home() throws Exception {
        ProcessBuilder up = script("up");
        up.environment().put("TIDINGS_STARTUP_CACHE", "off");
        up.environment().remove("HOME");

        Said said = run(up);

        assertThat(said.status()).as(said.problems()).isZero();
        assertThat(said.problems()).isEmpty();
        assertThat(said.lines()).contains("up").noneMatch(option -> option.startsWith("-XX:AOT"));
    }

    @Test
    void what_has_changed_is_built_anew_and_what_has_not_is_left() throws Exception {
        run("build");
        assertThat(run("build").text()).contains("Nothing has changed");

        Files.setLastModifiedTime(
                write("all-in-one/src/main/New.java", ""),
                FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(run("build").text()).doesNotContain("Nothing has changed");
    }

    @Test
    void a_build_that_was_stopped_while_it_copied_is_not_taken_for_whole() throws Exception {
        run("build");
        Files.delete(clone.resolve(".tidings/built"));
        write("stop-the-build", "");
        assertThat(run("build").status()).isEqualTo(1);
        Files.delete(clone.resolve("stop-the-build"));
        Files.delete(clone.resolve("asked-of-maven"));

        run("tail");

        assertThat(clone.resolve("asked-of-maven")).exists();
    }

    @Test
    void a_second_build_waits_for_the_first_and_not_for_one_that_is_gone() throws Exception {
        write(".tidings/build.lock/process", "" + ProcessHandle.current().pid());
        Process waiting = script("build").start();
        assertThat(waiting.errorReader().readLine())
                .isEqualTo("  Another ./tidings is building here (process %d): waiting until it has."
                        .formatted(ProcessHandle.current().pid()));
        assertThat(clone.resolve("asked-of-maven")).doesNotExist();

        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        write(".tidings/build.lock/process", "" + gone.pid());

        assertThat(waiting.waitFor()).isZero();
        assertThat(clone.resolve("asked-of-maven")).exists();
        assertThat(clone.resolve(".tidings/build.lock")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "up now",
                "up --exit",
                "up --shop-port=1",
                "demo nothing",
                "demo --bas=kafka",
                "build all",
                "docs all",
                "schemas --write",
                "faults --minutes=ten",
                "faults --hours=1"
            })
    void what_there_is_not_is_told_before_anything_is_built(String arguments) throws Exception {
        Said said = run(arguments.split(" "));

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.problems()).hasLineCount(1);
        assertThat(clone.resolve("asked-of-maven")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo --exit wallet stalled-flow --bus=in-process", "up --data=here --smtp-port=0"})
    void what_there_is_is_passed_on(String arguments) throws Exception {
        assertThat(run(arguments.split(" ")).lines()).endsWith(arguments.split(" "));
    }

    @Test
    void minutes_may_begin_with_a_zero() throws Exception {
        Said said = run("faults", "--minutes=08", "--seed", "09");

        assertThat(said.status()).as(said.problems()).isZero();
        assertThat(clone.resolve("asked-of-maven"))
                .content()
                .contains("-Dtidings.faults.seconds=480\n", "-Dtidings.faults.seed=9\n");
    }

    @Test
    void a_JDK_may_be_named_from_where_one_is() throws Exception {
        ProcessBuilder jdk = script("jdk");
        jdk.directory(clone.toFile()).environment().put("TIDINGS_JAVA_HOME", "jdk");

        assertThat(run(jdk).lines()).containsExactly(clone.resolve("jdk").toString());
    }

    private Said run(String... arguments) throws Exception {
        return run(script(arguments));
    }

    private static Said run(ProcessBuilder script) throws Exception {
        Process process = script.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String problems = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text, problems);
    }

    private ProcessBuilder script(String... arguments) {
        ProcessBuilder script = new ProcessBuilder(
                Stream.concat(Stream.of("bash", clone.resolve("tidings").toString()), Stream.of(arguments))
                        .toList());
        script.environment().merge("PATH", clone.resolve("bin").toString(), (old, ours) -> ours + ":" + old);
        script.environment().put("CLONE", clone.toString());
        script.environment().put("TIDINGS_JAVA_HOME", clone.resolve("jdk").toString());
        return script;
    }

    private void writeProgram(String path, String content) throws IOException {
        assertThat(write(path, content).toFile().setExecutable(true)).isTrue();
    }

    private Path write(String path, String content) throws IOException {
        Path file = clone.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private record Said(int status, String text, String problems) {

        List<String> lines() {
            return text.lines().toList();
        }
    }
}
