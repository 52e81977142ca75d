package io.tidings.systemtests.faults;

import io.tidings.infrastructure.test.TcpProxy;
import io.tidings.systemtests.cluster.Cluster;
import io.tidings.systemtests.cluster.Instance;
import io.tidings.systemtests.cluster.Victim;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Injects one fault after the other, as a seed makes them up, and mends each. */
final class Breaker {

    private static final List<FaultKind> URN = new ArrayList<>();

    static {
        Arrays.stream(FaultKind.values()).forEach(kind -> {
            for (int ticket = 0; ticket < kind.weight(); ticket++) {
                URN.add(kind);
            }
        });
    }

    private final Cluster cluster;
    private final Traffic traffic;
    private final Progress progress;
    private final Random random;
    private final Map<FaultKind, Integer> injected = new EnumMap<>(FaultKind.class);
    private final Set<UUID> forged = ConcurrentHashMap.newKeySet();
    private int sicknesses;

    Breaker(Cluster cluster, Traffic traffic, Progress progress, long seed) {
        this.cluster = cluster;
        this.traffic = traffic;
        this.progress = progress;
        this.random = new Random(seed);
    }

    /** One fault after the other, until time is up. All is mended then but for poison. */
    void breakUntil(Instant end) throws Exception {
        while (Instant.now().isBefore(end)) {
            breakNext(URN.get(random.nextInt(URN.size())));
        }
    }

    /** One fault of each of these kinds, in this order. */
    void breakOnce(List<FaultKind> kinds) throws Exception {
        for (FaultKind kind : kinds) {
            breakNext(kind);
        }
    }

    private void breakNext(FaultKind kind) throws Exception {
        progress.tell(kind.name());
        inject(kind);
        injected.merge(kind, 1, Integer::sum);
        pause(300, 1_500);
    }

    private void inject(FaultKind kind) throws Exception {
        switch (kind) {
            case KILL_SERVICE -> anyInstance().killAndRestart();
            case PAUSE_SERVICE -> paused(anyInstance());
            case SCALE_UP -> cluster.scaleUp(anyService());
            case SCALE_DOWN -> scaleDown();
            case REWIND_SERVICE -> cluster.rewind(anyService());
            case KILL_BROKER -> cluster.broker().killAndRestart();
            case PAUSE_BROKER -> paused(cluster.broker());
            case KILL_DATABASE -> cluster.database().killAndRestart();
            case PAUSE_DATABASE -> paused(cluster.database());
            case CUT_BROKER -> cut(cluster.kafkaNetwork());
            case CUT_BROKER_WITHIN_A_MESSAGE -> cutWithin(cluster.kafkaNetwork());
            case SLOW_BROKER -> slow(cluster.kafkaNetwork());
            case CUT_DATABASE -> cut(cluster.databaseNetwork());
            case CUT_DATABASE_WITHIN_A_MESSAGE -> cutWithin(cluster.databaseNetwork());
            case SLOW_DATABASE -> slow(cluster.databaseNetwork());
            case UNREADABLE_MESSAGE -> forgeUnreadable();
            case FAILING_HANDLER -> failOnPrice();
        }
    }

    private Instance anyInstance() {
        List<Instance> all = cluster.instances();
        return all.get(random.nextInt(all.size()));
    }

    private String anyService() {
        return Cluster.SERVICES.get(random.nextInt(Cluster.SERVICES.size()));
    }

    private void scaleDown() {
        List<String> doubled = cluster.doubled().stream().sorted().toList();
        if (!doubled.isEmpty()) {
            cluster.scaleDown(doubled.get(random.nextInt(doubled.size())));
        }
    }

    private void paused(Victim victim) throws InterruptedException {
        victim.pause();
        try {
            pause(1_000, 8_000);
        } finally {
            victim.resume();
        }
    }

    private void cut(TcpProxy network) throws InterruptedException {
        network.cut();
        try {
            pause(500, 6_000);
        } finally {
            network.mend();
        }
    }

    private void cutWithin(TcpProxy network) throws InterruptedException {
        network.cutAfter(1 + random.nextInt(50_000));
        try {
            pause(500, 3_000);
        } finally {
            network.mend();
        }
    }

    private void slow(TcpProxy network) throws InterruptedException {
        network.slow(Duration.ofMillis(5 + random.nextInt(20)));
        try {
            pause(1_000, 5_000);
        } finally {
            network.mend();
        }
    }

    /** Behind an order's first event, so that what comes of the order must wait in every service that listens. */
    private void forgeUnreadable() {
        List<UUID> orders = traffic.orders();
        if (orders.isEmpty()) {
            return;
        }
        UUID id = UUID.randomUUID();
        forged.add(id);
        traffic.forge(Map.of(
                "topic",
                "orders",
                "key",
                orders.getLast().toString(),
                "type",
                "io.tidings.OrderPlaced.v2",
                "id",
                id,
                "data",
                Map.of("lines", "unreadable")));
    }

    /** A price change that order-service can't take over at first, and right behind it one that it can. */
    private void failOnPrice() throws SQLException {
        String sku = "sick-%d".formatted(sicknesses++);
        traffic.list(sku);
        Witness.execute(
                cluster.database(), "order-service", "insert into sickness values ('%s', %d)".formatted(sku, 1_300));
        traffic.changePrice(sku, 13);
        traffic.changePrice(sku, 17);
    }

    /** What made handlers fail is mended, as better code would. */
    void mendHandlers() throws SQLException {
        Witness.execute(cluster.database(), "order-service", "delete from sickness");
    }

    /** How long a fault lasts, or the time until the next: there is no condition to wait for, time itself is the fault. */
    private void pause(int from, int to) throws InterruptedException {
        Thread.sleep(from + random.nextInt(to - from));
    }

    Map<FaultKind, Integer> injected() {
        return injected;
    }

    /** The ids of messages that no service will ever be able to read. */
    Set<UUID> forged() {
        return forged;
    }
}
