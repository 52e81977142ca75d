package io.tidings.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.scenarios.doors.Answer;
import io.tidings.systemtests.cluster.Cluster;
import io.tidings.systemtests.cluster.OnCluster;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.json.JsonMapper;

/**
 * With one of its protections taken away, the system is damaged, and the fault runner says so: what finds no damage could
 * be blind. The protections are taken from the cluster that all share, and given back.
 */
@OnCluster
@Order(4)
@EnabledOnOs({OS.LINUX, OS.MAC})
class ProverTest {

    private static final long SEED = 7;
    private static final int ROUNDS = 4;
    private static final Duration REST_AT_MOST = Duration.ofMinutes(2);

    private final Cluster cluster;

    ProverTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void without_the_inbox_messages_take_effect_twice() throws Exception {
        long twice = damageBy(Sabotage.INBOX_OFF, List.of(FaultKind.REWIND_SERVICE), Finding.Damage.TWICE);

        assertThat(twice).as("messages that took effect twice").isPositive();
    }

    @Test
    void without_parking_what_follows_a_dead_letter_overtakes_it() throws Exception {
        long overtaken =
                damageBy(Sabotage.PARKING_OFF, List.of(FaultKind.FAILING_HANDLER), Finding.Damage.OUT_OF_ORDER);

        assertThat(overtaken).as("messages that were overtaken").isPositive();
    }

    @Test
    void with_the_outbox_emptied_before_the_acknowledgement_messages_are_lost() throws Exception {
        long lost = damageBy(Sabotage.DELETE_FIRST, List.of(FaultKind.KILL_BROKER), Finding.Damage.LOST);

        assertThat(lost).as("messages that were lost").isPositive();
    }

    @Test
    void without_the_keys_of_callers_what_they_ask_for_again_is_done_again() throws Exception {
        Path folder = FaultsTest.folder(Sabotage.KEYS_OFF.name().toLowerCase());
        Witness.watch(cluster.database());
        long before = found(Finding.Damage.TWICE, new Receipts());
        Sabotage.KEYS_OFF.apply(cluster, folder);
        long after;
        try (Traffic traffic = new Traffic(cluster.gateway())) {
            traffic.prepare();
            after = found(Finding.Damage.TWICE, traffic.receipts());
        } finally {
            Sabotage.KEYS_OFF.lift(cluster);
        }

        assertThat(after - before).as("cents that were deposited again").isPositive();
    }

    @Test
    void what_customers_were_told_of_and_nobody_has_is_lost() throws Exception {
        Witness.watch(cluster.database());
        UUID customer = UUID.randomUUID();
        Answer yes = new Answer(
                "POST",
                "/orders",
                "any-flow",
                Instant.now(),
                Duration.ZERO,
                201,
                JsonMapper.shared().readTree("{\"orderId\":\"%s\"}".formatted(UUID.randomUUID())));
        Receipts receipts = new Receipts();
        long before = found(Finding.Damage.LOST, receipts);

        receipts.ofOrder(customer, () -> yes);
        receipts.ofDeposit(customer, 100, () -> yes);

        assertThat(found(Finding.Damage.LOST, receipts) - before)
                .as("an order and a hundred cents")
                .isEqualTo(101);
    }

    /** How much damage of a kind is found that was not there before: after the first round that did any, or all rounds. */
    private long damageBy(Sabotage sabotage, List<FaultKind> faults, Finding.Damage damage) throws Exception {
        Path folder = FaultsTest.folder(sabotage.name().toLowerCase());
        Witness.watch(cluster.database());
        long before = found(damage, new Receipts());
        long done = 0;
        sabotage.apply(cluster, folder);
        try (Operators operators = new Operators(cluster.gateway())) {
            for (int round = 0; round < ROUNDS && done == 0; round++) {
                breakAndRest(faults, SEED + round, operators);
                done = found(damage, new Receipts()) - before;
            }
        } finally {
            sabotage.lift(cluster);
        }
        return done;
    }

    private void breakAndRest(List<FaultKind> faults, long seed, Operators operators) throws Exception {
        try (Traffic traffic = new Traffic(cluster.gateway())) {
            traffic.prepare();
            Breaker breaker = new Breaker(cluster, traffic, new Progress(), seed);
            traffic.start(seed);
            breaker.breakOnce(faults);
            cluster.awaitAllReady();
            traffic.stop();
            breaker.mendHandlers();
            assertThat(new Rest(cluster).comesToTheDamaged(operators, REST_AT_MOST))
                    .as("the system came to rest within %s", REST_AT_MOST)
                    .isTrue();
        }
    }

    private long found(Finding.Damage damage, Receipts receipts) throws SQLException {
        return new Ledger(cluster.database(), Set.of(), receipts)
                .findings().stream()
                        .filter(finding -> finding.damage() == damage)
                        .mapToLong(Finding::count)
                        .sum();
    }
}
