package io.tidings.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that can be played. */
public final class Scenarios {

    private static final List<Scenario> ALL = List.of(
            new NotificationScenario(),
            new StateTransferScenario(),
            new ErasureScenario(),
            new PriceChangeScenario(),
            new ChoreographySuccessScenario(),
            new OutOfStockScenario(),
            new InsufficientFundsScenario(),
            new CancelInFlightScenario(),
            new OrchestrationSuccessScenario(),
            new OrchestrationInsufficientFundsScenario(),
            new OrchestrationParticipantDownScenario(),
            new WalletScenario(),
            new TimeTravelScenario(),
            new StalledFlowScenario(),
            new OrderingScenario(),
            new StormScenario(System.getenv()),
            new ReplayScenario(),
            new DeadLetterScenario(),
            new AlertScenario());

    private Scenarios() {}

    /** In the order in which they are best watched. */
    public static List<Scenario> all() {
        return ALL;
    }

    /**
     * Those with these names, in that order; all of them if none is named.
     *
     * @throws IllegalArgumentException if there is none of a name; the message lists those that are there
     */
    public static List<Scenario> named(List<String> names) {
        List<Scenario> named = new ArrayList<>();
        for (String name : names) {
            named.add(ALL.stream()
                    .filter(scenario -> scenario.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "There is no scenario '%s'; those that can be played are %s.".formatted(name, list()))));
        }
        return names.isEmpty() ? ALL : List.copyOf(named);
    }

    private static String list() {
        return ALL.stream().map(Scenario::name).collect(Collectors.joining(", "));
    }
}
