package io.tidings.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

@EnabledIf("dockerAnswersAndMayBeUsed")
class ContainerInfrastructureTest extends InfrastructureContract {

    private Set<String> before;
    private Infrastructure infrastructure;

    static boolean dockerAnswersAndMayBeUsed() {
        return !System.getProperty("tidings.infrastructure", "").equals("embedded") && DockerEngine.answers();
    }

    @BeforeAll
    void start() {
        before = containersOfThisRun();
        infrastructure = new ContainerInfrastructure();
        infrastructure.start();
    }

    @AfterAll
    void closing_leaves_no_container() {
        // given
        assertThat(containersOfThisRun()).hasSize(before.size() + 3);
        // when
        infrastructure.close();
        // then
        assertThat(containersOfThisRun()).isEqualTo(before);
    }

    @Override
    Infrastructure infrastructure() {
        return infrastructure;
    }

    /** Not those of tests that run beside this one in another JVM. */
    private static Set<String> containersOfThisRun() {
        return DockerClientFactory.instance()
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(
                        Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID))
                .exec()
                .stream()
                .map(Container::getId)
                .collect(Collectors.toSet());
    }
}
