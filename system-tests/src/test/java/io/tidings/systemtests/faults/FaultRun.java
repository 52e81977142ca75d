package io.tidings.systemtests.faults;

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
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One run: a shop under load, faults for some time, rest, and the verdict. */
final class FaultRun {

    private static final Duration REST_AT_MOST = Duration.ofMinutes(4);
    private static final Duration REST_OF_THE_DAMAGED = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration QUIET_FOR = Duration.ofSeconds(3);

    private final long seed;
    private final Duration duration;
    private final Path folder;
    private final List<FaultKind> first;
    private final Sabotage sabotage;

    /** @param first faults that happen in any case, before those that the seed makes up */
    FaultRun(long seed, Duration duration, Path folder, List<FaultKind> first, Sabotage sabotage) {
        this.seed = seed;
        this.duration = duration;
        this.folder = folder;
        this.first = first;
        this.sabotage = sabotage;
    }

    FaultReport run() throws Exception {
        try (Cluster cluster = Cluster.started(folder, sabotage.classes(folder));
                Traffic traffic = new Traffic(cluster.gateway());
                Operators operators = new Operators(cluster.gateway())) {
            Witness.watch(cluster.database());
            sabotage.apply(cluster.database());
            traffic.prepare();
            Breaker breaker = new Breaker(cluster, traffic, seed);
            traffic.start(seed);
            Instant began = Instant.now();
            breaker.breakOnce(first);
            breaker.breakUntil(began.plus(duration));
            Instant mended = Instant.now();
            cluster.awaitAllReady();
            traffic.stop();
            breaker.mendHandlers();
            boolean rests = comesToRest(cluster, operators, breaker);
            Duration drained = Duration.between(mended, Instant.now()).minus(QUIET_FOR);
            return report(cluster, traffic, operators, breaker, drained, rests);
        }
    }

    private boolean comesToRest(Cluster cluster, Operators operators, Breaker breaker) {
        Quiet quiet = new Quiet();
        try {
            Awaitility.await("the system to come to rest")
                    .atMost(restAtMost())
                    .pollInterval(LOOK_EVERY)
                    .until(() -> {
                        cluster.awaitAllReady();
                        boolean open = operators.openAllKeys(breaker.forged());
                        long taken = Ledger.taken(cluster.database());
                        boolean still = open && Ledger.underWay(cluster.database()) == 0;
                        return quiet.lasts(still, taken);
                    });
            return true;
        } catch (ConditionTimeoutException restless) {
            return false;
        }
    }

    /** For how long nothing has moved. */
    private static final class Quiet {

        private long takenBefore = -1;
        private Instant since = Instant.now();

        boolean lasts(boolean still, long taken) {
            if (!still || taken != takenBefore) {
                takenBefore = taken;
                since = Instant.now();
            }
            return Duration.between(since, Instant.now()).compareTo(QUIET_FOR) >= 0;
        }
    }

    /** What was damaged on purpose may never come to rest. */
    private Duration restAtMost() {
        return sabotage == Sabotage.NONE ? REST_AT_MOST : REST_OF_THE_DAMAGED;
    }

    private FaultReport report(
            Cluster cluster, Traffic traffic, Operators operators, Breaker breaker, Duration drained, boolean rests)
            throws SQLException, IOException {
        Ledger ledger = new Ledger(cluster.database(), breaker.forged());
        List<Finding> findings = new ArrayList<>(ledger.findings());
        if (!rests) {
            findings.add(new Finding(
                    Finding.Damage.UNFINISHED,
                    Ledger.underWay(cluster.database()),
                    "things were still under way after " + restAtMost()));
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
