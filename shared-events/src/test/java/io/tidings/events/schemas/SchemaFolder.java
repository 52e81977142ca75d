package io.tidings.events.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The committed contracts: for each version of a message its schema and a sample, and the schema as it was before each
 * compatible change ({@code v2.accepted-1.json}), for there may be code that still goes by it. {@code SHA256SUMS} seals what was
 * accepted, in the form that {@code sha256sum --check} reads, so that a file that is edited by hand is found.
 */
final class SchemaFolder {

    private static final String SEALS = "SHA256SUMS";
    private static final Pattern SCHEMA = Pattern.compile("v([1-9][0-9]*)\\.json");

    private final Path folder;

    SchemaFolder(Path folder) {
        this.folder = folder;
    }

    /** The names of all messages that have a schema or a sample. */
    Set<String> names() {
        try (Stream<Path> found = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return found.filter(Files::isDirectory)
                    .map(one -> one.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The versions that have a schema, in their order. */
    List<Integer> versions(String name) {
        Path ofMessage = folder.resolve(name);
        try (Stream<Path> found = Files.isDirectory(ofMessage) ? Files.list(ofMessage) : Stream.empty()) {
            return found.map(file -> SCHEMA.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(version -> Integer.valueOf(version.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Optional<JsonNode> schema(String name, int version) {
        return read(schemaFile(name, version));
    }

    /** The files of a version's schema as it was accepted before it was last changed, in their order. */
    List<String> earlierFiles(String name, int version) {
        return IntStream.iterate(1, revision -> revision + 1)
                .mapToObj(revision -> earlierFile(name, version, revision))
                .takeWhile(file -> Files.exists(folder.resolve(file)))
                .toList();
    }

    List<JsonNode> earlier(String name, int version) {
        return earlierFiles(name, version).stream()
                .flatMap(file -> read(file).stream())
                .toList();
    }

    /** Keeps what was accepted so far beside what will be. */
    void keep(String name, int version) {
        String kept = earlierFile(name, version, earlierFiles(name, version).size() + 1);
        try {
            Files.copy(folder.resolve(schemaFile(name, version)), folder.resolve(kept));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        seal(kept);
    }

    Optional<JsonNode> sample(String name, int version) {
        return read(sampleFile(name, version));
    }

    private Optional<JsonNode> read(String file) {
        return Files.exists(folder.resolve(file)) ? Optional.of(Json.read(text(file))) : Optional.empty();
    }

    /** Writes a schema and seals it. */
    void accept(String name, int version, JsonNode schema) {
        try {
            Files.createDirectories(folder.resolve(name));
            Files.writeString(folder.resolve(schemaFile(name, version)), Json.write(schema));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        seal(schemaFile(name, version));
    }

    void seal(String file) {
        Map<String, String> seals = seals();
        seals.put(file, digestOf(file));
        try {
            Files.writeString(
                    folder.resolve(SEALS),
                    seals.entrySet().stream()
                            .map(seal -> "%s  %s\n".formatted(seal.getValue(), seal.getKey()))
                            .collect(Collectors.joining()));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    boolean isSealed(String file) {
        return seals().containsKey(file);
    }

    /** The files that are not what was accepted: edited, or gone. */
    List<String> broken() {
        return seals().entrySet().stream()
                .filter(seal -> !Files.exists(folder.resolve(seal.getKey()))
                        || !seal.getValue().equals(digestOf(seal.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, String> seals() {
        Map<String, String> seals = new TreeMap<>();
        if (Files.exists(folder.resolve(SEALS))) {
            text(SEALS).lines().forEach(line -> seals.put(line.substring(66), line.substring(0, 64)));
        }
        return seals;
    }

    /** Line ends don't count: some check files out with others. */
    private String digestOf(String file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(text(file).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK knows SHA-256.", impossible);
        }
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file)).replace("\r\n", "\n");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String schemaFile(String name, int version) {
        return "%s/v%d.json".formatted(name, version);
    }

    private static String earlierFile(String name, int version, int revision) {
        return "%s/v%d.accepted-%d.json".formatted(name, version, revision);
    }

    static String sampleFile(String name, int version) {
        return "%s/v%d.sample.json".formatted(name, version);
    }
}
