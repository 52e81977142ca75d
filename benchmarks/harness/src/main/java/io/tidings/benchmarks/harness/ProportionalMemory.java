package io.tidings.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What processes have in memory together. Of what several of them share, as PostgreSQL's do, each counts its part (Linux's
 * PSS); to add what is resident of each would count it many times.
 */
final class ProportionalMemory {

    private ProportionalMemory() {}

    /**
     * In MB, which are 1,000,000 bytes; empty where the system does not tell. A process that has ended meanwhile, as some of
     * PostgreSQL's do any time, has nothing.
     */
    static OptionalDouble megabytes(List<ProcessHandle> processes) {
        double sum = 0;
        for (ProcessHandle process : processes) {
            try {
                sum += proportional(Files.readAllLines(Path.of("/proc/%d/smaps_rollup".formatted(process.pid()))));
            } catch (IOException notTold) {
                if (process.isAlive()) {
                    return OptionalDouble.empty();
                }
            }
        }
        return OptionalDouble.of(sum);
    }

    /** @param rollup lines such as "Pss:    1234 kB", which are 1,024 bytes each */
    static double proportional(List<String> rollup) throws IOException {
        return rollup.stream()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow(() -> new IOException("The kernel does not tell what a process has in memory."))
                * 1_024
                / 1e6;
    }
}
