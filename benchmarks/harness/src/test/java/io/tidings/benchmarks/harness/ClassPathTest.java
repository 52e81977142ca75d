package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClassPathTest {

    private final ClassPath classPath = ClassPath.parse(
            Path.of("module/target/classes"),
            String.join(
                    File.pathSeparator,
                    "/jars/kafka-clients-4.2.2.jar",
                    "/jars/debezium-core-3.6.1.Final.jar",
                    "/other/classes"));

    @Test
    void the_classes_of_the_module_come_first() {
        assertThat(classPath.option())
                .isEqualTo(String.join(
                        File.pathSeparator,
                        "module/target/classes",
                        "/jars/kafka-clients-4.2.2.jar",
                        "/jars/debezium-core-3.6.1.Final.jar",
                        "/other/classes"));
    }

    @Test
    void the_version_of_a_library_is_in_the_name_of_its_jar() {
        assertThat(classPath.versionOf("kafka-clients")).contains("4.2.2");
        assertThat(classPath.versionOf("debezium-core")).contains("3.6.1.Final");
        assertThat(classPath.versionOf("kafka")).isEmpty();
    }
}
