package io.tidings.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.systemtests.cluster.Cluster;
import io.tidings.systemtests.cluster.OnCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Whatever is killed, paused, cut or poisoned: lost 0, twice 0, out of order 0. {@code ./tidings faults} runs it for as long
 * as one likes.
 */
@OnCluster
@Order(1)
@EnabledOnOs({OS.LINUX, OS.MAC})
class FaultsTest {

    private static final long SEED = Long.getLong("tidings.faults.seed", 20_260_131L);
    private static final Duration DURATION = Duration.ofSeconds(Long.getLong("tidings.faults.seconds", 30L));

    @Test
    void nothing_is_lost_doubled_or_reordered_whatever_fails(Cluster cluster) throws Exception {
        Path folder = folder("seed-" + SEED);

        FaultReport report = new FaultRun(
                        cluster,
                        SEED,
                        DURATION,
                        folder,
                        List.of(
                                FaultKind.FAILING_HANDLER,
                                FaultKind.UNREADABLE_MESSAGE,
                                FaultKind.KILL_SERVICE,
                                FaultKind.REWIND_SERVICE,
                                FaultKind.CUT_BROKER_WITHIN_A_MESSAGE,
                                FaultKind.KILL_DATABASE,
                                FaultKind.KILL_BROKER))
                .run();

        System.out.println(report.toText());
        assertThat(report.findings()).as(report.toText()).isEmpty();
        assertThat(report.orders().values().stream().mapToLong(Long::longValue).sum())
                .isPositive();
    }

    static Path folder(String name) throws Exception {
        return Files.createDirectories(Path.of(System.getProperty("tidings.root"))
                .toAbsolutePath()
                .normalize()
                .resolve("system-tests/target/faults/%s-%s"
                        .formatted(name, Instant.now().toEpochMilli())));
    }
}
