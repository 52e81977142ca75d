package io.tidings.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes have in memory. */
final class ResidentMemory {

    private ResidentMemory() {}

    /** In MiB; 0 where nobody can tell. */
    static double ofProcess(long processId) {
        try {
            return Files.readAllLines(Path.of("/proc/%d/status".formatted(processId))).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024.0;
        } catch (IOException noSuchFile) {
            return 0;
        }
    }
}
