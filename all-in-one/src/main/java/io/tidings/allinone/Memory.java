package io.tidings.allinone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What this machine, or this container, has left. */
final class Memory {

    /** What everything together takes, and a little air. */
    static final long NEEDED_MEGABYTES = 1_200;

    private final Path root;

    /** @param root of the file system in which the kernel tells of itself */
    Memory(Path root) {
        this.root = root;
    }

    static Memory ofThisMachine() {
        return new Memory(Path.of("/"));
    }

    /** @throws StartException if there is too little; where nobody can tell, there is enough */
    void require(long megabytes) {
        OptionalLong available = availableMegabytes();
        if (available.isPresent() && available.getAsLong() < megabytes) {
            throw new StartException(
                    "The whole shop needs %d MB of memory and there are %d MB: close something else, or give the machine or container more."
                            .formatted(megabytes, available.getAsLong()));
        }
    }

    OptionalLong availableMegabytes() {
        return Stream.of(ofMachine(), ofContainer())
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    private OptionalLong ofMachine() {
        return lines("proc/meminfo").stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst();
    }

    private OptionalLong ofContainer() {
        OptionalLong limit = number("sys/fs/cgroup/memory.max");
        OptionalLong used = number("sys/fs/cgroup/memory.current");
        if (limit.isEmpty() || used.isEmpty()) {
            return OptionalLong.empty();
        }
        // What the kernel keeps of files it gives back when it is asked.
        long files = lines("sys/fs/cgroup/memory.stat").stream()
                .filter(line -> line.startsWith("inactive_file "))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
        return OptionalLong.of((limit.getAsLong() - used.getAsLong() + files) >> 20);
    }

    private OptionalLong number(String file) {
        return lines(file).stream()
                .filter(line -> line.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException notTold) {
            return List.of();
        }
    }
}
