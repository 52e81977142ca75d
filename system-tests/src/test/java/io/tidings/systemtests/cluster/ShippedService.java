package io.tidings.systemtests.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.springframework.util.FileSystemUtils;

/**
 * A service as it is shipped: its executable jar, unpacked as in its image, since a nested jar takes twice as long to
 * start. The libraries of all lie in one folder, each once.
 */
record ShippedService(String name) {

    private static final Path ROOT =
            Path.of(System.getProperty("tidings.root")).toAbsolutePath().normalize();
    private static final Path SHIPPED = ROOT.resolve("system-tests/target/shipped");
    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    /** The libraries that this JVM has unpacked; what lies there from another build may be older. */
    private static final Set<Path> UNPACKED = ConcurrentHashMap.newKeySet();

    static Path root() {
        return ROOT;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Path classes() {
        return SHIPPED.resolve(name);
    }

    private static Path library(JarEntry entry) {
        return SHIPPED.resolve("lib").resolve(entry.getName().substring(LIBRARIES.length()));
    }

    /** Makes what {@link #command} starts. What another build has left of its classes is removed. */
    ShippedService unpack() {
        try (JarFile jar = open()) {
            FileSystemUtils.deleteRecursively(classes());
            for (JarEntry entry : filesOf(jar)) {
                if (entry.getName().startsWith(CLASSES)) {
                    copy(jar, entry, classes().resolve(entry.getName().substring(CLASSES.length())));
                } else if (entry.getName().startsWith(LIBRARIES) && UNPACKED.add(library(entry))) {
                    copy(jar, entry, library(entry));
                }
            }
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException("The jar of %s can't be unpacked.".formatted(name), failure);
        }
    }

    private static void copy(JarFile jar, JarEntry entry, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** @param before classes that come before the service's own; empty for the service as it is */
    List<String> command(Optional<Path> before) {
        try (JarFile jar = open()) {
            List<String> classPath = new ArrayList<>();
            before.map(Path::toString).ifPresent(classPath::add);
            classPath.add(classes().toString());
            filesOf(jar).stream()
                    .filter(entry -> entry.getName().startsWith(LIBRARIES))
                    .map(entry -> library(entry).toString())
                    .forEach(classPath::add);
            return List.of(
                    java(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:ReservedCodeCacheSize=128m",
                    "-XX:+UseSerialGC",
                    "-Xmx192m",
                    "-cp",
                    String.join(File.pathSeparator, classPath),
                    jar.getManifest().getMainAttributes().getValue("Start-Class"));
        } catch (IOException failure) {
            throw new UncheckedIOException("The jar of %s can't be read.".formatted(name), failure);
        }
    }

    private JarFile open() throws IOException {
        Path jar = ROOT.resolve(name)
                .resolve("target")
                .resolve("%s-%s-exec.jar".formatted(name, System.getProperty("tidings.version")));
        if (!Files.exists(jar)) {
            throw new IllegalStateException("There is no %s: run these tests with 'mvn verify'.".formatted(jar));
        }
        return new JarFile(jar.toFile());
    }

    private static List<JarEntry> filesOf(JarFile jar) {
        return jar.stream().filter(entry -> !entry.isDirectory()).toList();
    }
}
