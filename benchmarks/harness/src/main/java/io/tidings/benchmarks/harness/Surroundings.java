package io.tidings.benchmarks.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the figures were measured with.
 *
 * @param facts what it is, in words, by what it is of
 * @param versions of each contender's libraries, by the contender's id
 */
record Surroundings(LocalDate day, Map<String, String> facts, Map<String, Map<String, String>> versions) {

    static Surroundings of(Path root, Arena arena, List<Contender> contenders) {
        Map<String, Map<String, String>> versions = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            ClassPath classPath = ClassPath.of(root, contender.module());
            Map<String, String> ofContender = new LinkedHashMap<>();
            for (String library : contender.libraries()) {
                classPath.versionOf(library).ifPresent(version -> ofContender.put(library, version));
            }
            versions.put(contender.id(), ofContender);
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("commit", commit(root));
        facts.put("machine", machine());
        facts.put("Java", Runtime.version() + ", " + System.getProperty("java.vm.name"));
        facts.put(
                "PostgreSQL",
                arena.postgresVersion() + ", a process of its own: `fsync`, `synchronous_commit` and "
                        + "`full_page_writes` on, `" + settings(Arena.POSTGRES_SETTINGS) + "`");
        facts.put(
                "Kafka",
                versionOfBroker() + ", one broker in a process of its own, "
                        + String.join(" ", Arena.BROKER_JVM_OPTIONS));
        facts.put(
                "every contender",
                "a process of its own: `" + String.join(" ", Arena.JVM_OPTIONS) + "`, `"
                        + settings(Arena.commonSettings()) + "`");
        return new Surroundings(LocalDate.now(ZoneOffset.UTC), facts, versions);
    }

    /** The same, but for these facts. */
    Surroundings with(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.putAll(others);
        return new Surroundings(day, all, versions);
    }

    private static String settings(Map<String, String> settings) {
        return String.join(
                "`, `",
                settings.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    private static String versionOfBroker() {
        return ClassPath.parse(Path.of("."), System.getProperty("java.class.path"))
                .versionOf("kafka-server")
                .orElse("unknown");
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return "%d cores%s, %s, %s %s"
                .formatted(
                        runtime.availableProcessors(),
                        processor(),
                        memory(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    private static String processor() {
        return firstLine(Path.of("/proc/cpuinfo"), "model name")
                .map(model -> " (" + model.replaceAll("\\s+", " ") + ")")
                .orElse("");
    }

    private static String memory() {
        return firstLine(Path.of("/proc/meminfo"), "MemTotal")
                .map(total -> "%.0f GiB".formatted(Long.parseLong(total.replaceAll("\\D", "")) / 1048576.0))
                .orElse("memory unknown");
    }

    private static Optional<String> firstLine(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException noSuchFile) {
            return Optional.empty();
        }
    }

    private static String commit(Path root) {
        try {
            List<String> words =
                    new ArrayList<>(List.of("git", "-C", root.toString(), "describe", "--always", "--dirty"));
            Process git = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return answer.isEmpty() ? "unknown" : answer;
        } catch (IOException noGit) {
            return "unknown";
        }
    }
}
