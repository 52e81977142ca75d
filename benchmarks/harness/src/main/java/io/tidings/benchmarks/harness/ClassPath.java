package io.tidings.benchmarks.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a module of {@code benchmarks} runs on: its classes and, as the build has written them down, its libraries. */
record ClassPath(List<Path> entries) {

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

    static ClassPath of(Path root, String module) {
        Path target = root.resolve("benchmarks").resolve(module).resolve("target");
        try {
            return parse(target.resolve("classes"), Files.readString(target.resolve("class-path")));
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The class path of %s can't be read: begin benchmarks by ./tidings bench, which builds them."
                            .formatted(module),
                    failure);
        }
    }

    /** @param libraries as the JVM's option wants them */
    static ClassPath parse(Path classes, String libraries) {
        Stream<Path> others = Arrays.stream(libraries.strip().split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
        return new ClassPath(Stream.concat(Stream.of(classes), others).toList());
    }

    /** As the JVM's option wants it. */
    String option() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    Optional<String> versionOf(String artifact) {
        return entries.stream()
                .map(entry -> JAR.matcher(entry.getFileName().toString()))
                .filter(Matcher::matches)
                .filter(jar -> jar.group(1).equals(artifact))
                .map(jar -> jar.group(2))
                .findFirst();
    }
}
