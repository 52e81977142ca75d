package io.tidings.allinone;

import io.tidings.scenarios.Scenario;
import io.tidings.scenarios.Scenarios;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param scenarios to play once everything runs
 * @param staysOpen whether the system goes on running after that
 * @param bus as {@code tidings.bus} has it
 * @param dataFolder kept when it ends; null for a fresh one that is deleted
 */
record CommandLine(
        List<Scenario> scenarios,
        boolean staysOpen,
        String bus,
        Ports ports,
        @Nullable Path dataFolder) {

    static final String KAFKA = "kafka";
    static final String IN_PROCESS = "in-process";

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it asks for something that is not there; the message says so in a sentence
     */
    static CommandLine parse(List<String> arguments, Map<String, String> environment) {
        String command = arguments.isEmpty() ? "" : arguments.getFirst();
        boolean demo = command.equals("demo");
        if (!demo && !command.equals("up")) {
            throw new IllegalArgumentException("There is no command '%s'; say 'demo' or 'up'.".formatted(command));
        }
        boolean exit = false;
        String bus = KAFKA;
        Path dataFolder = null;
        Map<Port, Integer> ports = portsOf(environment);
        List<String> names = new ArrayList<>();
        for (String argument : arguments.subList(1, arguments.size())) {
            String option = argument.replaceFirst("=.*", "");
            String value = argument.substring(Math.min(option.length() + 1, argument.length()));
            if (demo && argument.equals("--exit")) {
                exit = true;
            } else if (option.equals("--bus")) {
                bus = busOf(value);
            } else if (option.equals("--data") && !value.isEmpty()) {
                dataFolder = Path.of(value);
            } else if (portOf(option) != null) {
                ports.put(portOf(option), number(option, value));
            } else if (demo && !argument.startsWith("-")) {
                names.add(argument);
            } else {
                throw new IllegalArgumentException(
                        "'%s' means nothing to %s; './tidings help' lists what does.".formatted(argument, command));
            }
        }
        return new CommandLine(demo ? scenariosOn(bus, names) : List.of(), !exit, bus, Ports.of(ports), dataFolder);
    }

    private static List<Scenario> scenariosOn(String bus, List<String> names) {
        List<Scenario> named = Scenarios.named(names);
        if (bus.equals(KAFKA)) {
            return named;
        }
        List<Scenario> playable = named.stream()
                .filter(scenario -> scenario.needsKafka().isEmpty())
                .toList();
        named.stream()
                .filter(scenario -> !names.isEmpty() && !playable.contains(scenario))
                .findFirst()
                .ifPresent(scenario -> {
                    throw new IllegalArgumentException("'%s' needs Kafka, since %s: leave it out, or --bus=%s."
                            .formatted(scenario.name(), scenario.needsKafka().orElseThrow(), bus));
                });
        return playable;
    }

    boolean playsScenarios() {
        return !scenarios.isEmpty();
    }

    boolean needsKafka() {
        return bus.equals(KAFKA);
    }

    private static String busOf(String value) {
        if (!value.equals(KAFKA) && !value.equals(IN_PROCESS)) {
            throw new IllegalArgumentException(
                    "There is no bus '%s'; say --bus=%s or --bus=%s.".formatted(value, KAFKA, IN_PROCESS));
        }
        return value;
    }

    private static Map<Port, Integer> portsOf(Map<String, String> environment) {
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            String value = environment.get(port.variable());
            if (value != null) {
                ports.put(port, number(port.variable(), value));
            }
        }
        return ports;
    }

    private static @Nullable Port portOf(String option) {
        return Stream.of(Port.values())
                .filter(port -> port.option().equals(option))
                .findFirst()
                .orElse(null);
    }

    private static int number(String option, String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new IllegalArgumentException(
                    "%s needs a port between 0 and 65535, and not '%s'.".formatted(option, value));
        }
        return Integer.parseInt(value);
    }
}
