package io.tidings.systemtests.faults;

import io.tidings.systemtests.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run: a shop under load, faults for some time, rest, and the verdict. */
final class FaultRun {

    private static final Duration REST_AT_MOST = Duration.ofMinutes(4);

    /** Services of which there are two from the beginning. */
    private static final List<String> DOUBLED = List.of("order-service", "warehouse-service");

    private final Cluster cluster;
    private final long seed;
    private final Duration duration;
    private final Path folder;
    private final List<FaultKind> first;

    /**
     * @param cluster in which nothing has happened yet
     * @param folder for the report
     * @param first faults that happen in any case, before those that the seed makes up
     */
    FaultRun(Cluster cluster, long seed, Duration duration, Path folder, List<FaultKind> first) {
        this.cluster = cluster;
        this.seed = seed;
        this.duration = duration;
        this.folder = folder;
        this.first = first;
    }

    /** Leaves a cluster that is at rest, and every service once. */
    FaultReport run() throws Exception {
        try (Traffic traffic = new Traffic(cluster.gateway());
                Operators operators = new Operators(cluster.gateway())) {
            Witness.watch(cluster.database());
            DOUBLED.forEach(cluster::scaleUp);
            traffic.prepare();
            Progress progress = new Progress();
            Breaker breaker = new Breaker(cluster, traffic, progress, seed);
            traffic.start(seed);
            Instant began = Instant.now();
            breaker.breakOnce(first);
            breaker.breakUntil(began.plus(duration));
            Instant mended = Instant.now();
            progress.tell("all faults are mended; at rest within %d minutes, or something hangs"
                    .formatted(REST_AT_MOST.toMinutes()));
            cluster.awaitAllReady();
            traffic.stop();
            breaker.mendHandlers();
            Rest rest = new Rest(cluster);
            boolean rests = rest.comes(operators, breaker.forged(), REST_AT_MOST);
            Duration drained = Duration.between(mended, Instant.now()).minus(Rest.QUIET_FOR);
            FaultReport report = report(traffic, operators, breaker, drained, rests);
            cluster.doubled().forEach(cluster::scaleDown);
            return report;
        }
    }

    private FaultReport report(Traffic traffic, Operators operators, Breaker breaker, Duration drained, boolean rests)
            throws SQLException, IOException {
        Ledger ledger = new Ledger(cluster.database(), breaker.forged(), traffic.receipts());
        List<Finding> findings = new ArrayList<>(ledger.findings());
        if (!rests) {
            findings.add(new Finding(
                    Finding.Damage.UNFINISHED,
                    Ledger.underWay(cluster.database()),
                    "things were still under way after " + REST_AT_MOST));
        }
        Map<String, Long> messages = ledger.messages();
        messages.put("services that gave up", (long) cluster.gaveUp());
        messages.put("discarded", operators.discarded());
        messages.put("redriven", operators.redriven());
        Map<String, Integer> faults = new TreeMap<>();
        breaker.injected().forEach((kind, count) -> faults.put(kind.name(), count));
        FaultReport report = new FaultReport(
                seed,
                duration.toSeconds(),
                faults,
                ledger.orders(),
                traffic.requests(),
                messages,
                drained.toMillis() / 1000.0,
                sum(findings, Finding.Damage.LOST),
                sum(findings, Finding.Damage.TWICE),
                sum(findings, Finding.Damage.OUT_OF_ORDER),
                findings);
        Files.writeString(folder.resolve("report.json"), report.toJson());
        Files.writeString(folder.resolve("report.txt"), report.toText());
        return report;
    }

    private static long sum(List<Finding> findings, Finding.Damage damage) {
        return findings.stream()
                .filter(finding -> finding.damage() == damage)
                .mapToLong(Finding::count)
                .sum();
    }
}
