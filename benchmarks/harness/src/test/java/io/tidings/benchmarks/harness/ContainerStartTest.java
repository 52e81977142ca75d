package io.tidings.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContainerStartTest {

    @Test
    void what_containers_use_is_added_whatever_its_unit() {
        assertThat(ContainerStart.megabytes("""
                        200MiB / 320MiB
                        1.5GiB / 23.54GiB
                        512KiB / 1GiB
                        """)).isEqualTo((200 + 1.5 * 1_024 + 0.5) * 1_024 * 1_024 / 1e6);
    }

    @Test
    void what_nobody_understands_is_no_figure() {
        assertThatThrownBy(() -> ContainerStart.megabytes("-- / --")).hasMessageContaining("'-- / --'");
    }

    @Test
    void no_container_has_a_port_on_the_host() {
        assertThat(ContainerStart.override(true)).isEqualTo("""
                services:
                  gateway:
                    ports: !reset []
                  mail:
                    ports: !reset []
                  kafka:
                    ports: !reset []
                  postgres:
                    ports: !reset []
                """);
    }

    @Test
    void without_caches_each_jvm_of_ours_is_told_so_and_is_named_once() {
        String override = ContainerStart.override(false);

        assertThat(override.split("AOTMode=off", -1)).hasSize(1 + 11);
        assertThat(override.lines().filter("  gateway:"::equals)).hasSize(1);
        assertThat(override).contains("""
                  gateway:
                    ports: !reset []
                    environment: {_JAVA_OPTIONS: -XX:AOTMode=off}
                    healthcheck: {start_period: 600s}
                """);
    }
}
