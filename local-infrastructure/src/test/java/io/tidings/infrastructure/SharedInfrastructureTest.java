package io.tidings.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SharedInfrastructureTest {

    @Test
    void there_is_one_for_the_whole_process() {
        assertThat(Infrastructure.shared()).isSameAs(Infrastructure.shared());
    }

    @Test
    void it_is_embedded_where_that_is_asked_for() {
        try (Infrastructure chosen = SharedInfrastructure.choose("embedded")) {
            assertThat(chosen).isInstanceOf(EmbeddedInfrastructure.class);
        }
    }

    @Test
    void it_is_containers_by_discovery_exactly_where_an_engine_answers() {
        try (Infrastructure chosen = SharedInfrastructure.choose("discover")) {
            assertThat(chosen)
                    .isInstanceOf(
                            DockerEngine.answers() ? ContainerInfrastructure.class : EmbeddedInfrastructure.class);
        }
    }

    @Test
    void an_unknown_choice_is_refused() {
        assertThatThrownBy(() -> SharedInfrastructure.choose("clouds"))
                .isInstanceOf(InfrastructureException.class)
                .hasMessage("-Dtidings.infrastructure=clouds is unknown; use containers, embedded or discover.");
    }
}
