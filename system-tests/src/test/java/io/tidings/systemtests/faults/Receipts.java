package io.tidings.systemtests.faults;

import io.tidings.scenarios.doors.Answer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What customers asked for, under keys of their own or once, and what they were told of it. */
final class Receipts {

    private final Map<UUID, Long> ordersWanted = new ConcurrentHashMap<>();
    private final Set<UUID> ordersTaken = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Long> depositsWanted = new ConcurrentHashMap<>();
    private final Map<UUID, Long> depositsTaken = new ConcurrentHashMap<>();

    /**
     * Asks for an order, once, or more often under one key.
     *
     * @param asked null if there was no answer: like one of the service's own failures, it leaves open what became of the order
     * @return the order, if the customer was told that it is taken
     */
    Optional<UUID> ofOrder(UUID customer, Supplier<@Nullable Answer> asked) {
        ordersWanted.merge(customer, 1L, Long::sum);
        Answer answer = asked.get();
        if (answer == null || answer.status() >= 500) {
            return Optional.empty();
        }
        if (!answer.isSuccess()) {
            ordersWanted.merge(customer, -1L, Long::sum);
            return Optional.empty();
        }
        UUID order = answer.as("orderId", UUID.class);
        ordersTaken.add(order);
        return Optional.of(order);
    }

    /** Asks for a deposit, once or more often under one key. */
    void ofDeposit(UUID customer, long minorUnits, Supplier<Answer> asked) {
        depositsWanted.merge(customer, minorUnits, Long::sum);
        Answer answer = asked.get();
        if (answer.isSuccess()) {
            depositsTaken.merge(customer, minorUnits, Long::sum);
        } else {
            depositsWanted.merge(customer, -minorUnits, Long::sum);
        }
    }

    /** Those who asked for anything. */
    Set<UUID> customers() {
        Set<UUID> customers = new TreeSet<>(ordersWanted.keySet());
        customers.addAll(depositsWanted.keySet());
        return customers;
    }

    /** Orders that a customer was told are taken. */
    Set<UUID> ordersTaken() {
        return Set.copyOf(ordersTaken);
    }

    /** There may be fewer, if a customer got no answer. */
    long ordersWantedBy(UUID customer) {
        return ordersWanted.getOrDefault(customer, 0L);
    }

    /** Minor units that a customer was told are deposited. */
    long depositsTakenFrom(UUID customer) {
        return depositsTaken.getOrDefault(customer, 0L);
    }

    /** Minor units; there may be fewer, if a customer went away before the answer came. */
    long depositsWantedBy(UUID customer) {
        return depositsWanted.getOrDefault(customer, 0L);
    }
}
