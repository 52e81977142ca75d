package io.tidings.benchmarks.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was measured, by contender, measure and round. */
final class Measurements {

    private final Map<String, Map<String, Map<Integer, Double>>> values = new LinkedHashMap<>();

    void add(String contender, Measure measure, int round, double value) {
        values.computeIfAbsent(contender, name -> new HashMap<>())
                .computeIfAbsent(measure.id(), id -> new TreeMap<>())
                .put(round, value);
    }

    /** In the order of rounds; none if it was not measured. */
    List<Double> samples(String contender, Measure measure) {
        return List.copyOf(byRound(contender, measure).values());
    }

    Optional<Summary> summary(String contender, Measure measure) {
        List<Double> samples = samples(contender, measure);
        return samples.isEmpty() ? Optional.empty() : Optional.of(Summary.of(samples));
    }

    /** One contender's value to another's, round by round, since only what was measured together compares. */
    Optional<Summary> ratio(String contender, Measure measure, String other, Measure ofOther) {
        Map<Integer, Double> divisors = byRound(other, ofOther);
        List<Double> ratios = new ArrayList<>();
        byRound(contender, measure).forEach((round, value) -> {
            Double divisor = divisors.get(round);
            if (divisor != null && divisor != 0) {
                ratios.add(value / divisor);
            }
        });
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Summary.of(ratios));
    }

    /** Which of these contenders has the greatest median. */
    Optional<String> best(Stream<String> contenders, Measure measure) {
        return contenders
                .filter(contender -> summary(contender, measure).isPresent())
                .max((one, other) -> Double.compare(
                        summary(one, measure).orElseThrow().median(),
                        summary(other, measure).orElseThrow().median()));
    }

    private Map<Integer, Double> byRound(String contender, Measure measure) {
        return values.getOrDefault(contender, Map.of()).getOrDefault(measure.id(), Map.of());
    }
}
