package io.tidings.benchmarks.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How long reads took, in milliseconds, by the service that was asked. */
record RestReads(Map<String, List<Double>> milliseconds) {

    /** One of so many rounds at the beginning is discarded. */
    private static final int DISCARDED = 5;

    /** Asks one question at a time, each of them in each round. */
    static RestReads of(ShopVisit visit, PastOrders past, int rounds) {
        List<UUID> orders = visit.ledger().orders();
        Map<String, List<Double>> milliseconds = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (RestRead read :
                    RestRead.about(round, past, orders, visit.crowd().customers())) {
                double taken = visit.read(read);
                if (round >= rounds / DISCARDED) {
                    milliseconds
                            .computeIfAbsent(read.service(), service -> new ArrayList<>())
                            .add(taken);
                }
            }
        }
        return new RestReads(milliseconds);
    }

    Percentiles all() {
        return new Percentiles(
                milliseconds.values().stream().flatMap(List::stream).toList());
    }

    Percentiles of(String service) {
        return new Percentiles(milliseconds.getOrDefault(service, List.of()));
    }
}
