package io.tidings.systemtests.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * A service as it is shipped: its executable jar, unpacked as in its image, since a nested jar takes twice as long to
 * start. All are unpacked into one folder, so that their libraries are there once.
 */
record ShippedService(String name) {

    private static final Path ROOT =
            Path.of(System.getProperty("tidings.root")).toAbsolutePath().normalize();
    private static final Path SHIPPED = ROOT.resolve("system-tests/target/shipped");

    static Path root() {
        return ROOT;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private String jar() {
        return "%s-%s-exec.jar".formatted(name, System.getProperty("tidings.version"));
    }

    /** Makes what {@link #command} starts. */
    ShippedService unpack() {
        Path jar = ROOT.resolve(name).resolve("target").resolve(jar());
        if (!Files.exists(jar)) {
            throw new IllegalStateException("There is no %s: run these tests with 'mvn verify'.".formatted(jar));
        }
        run(List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--force",
                "--destination",
                SHIPPED.toString()));
        return this;
    }

    private void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("The jar of %s can't be unpacked: %s".formatted(name, said));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The jar of %s can't be unpacked.".formatted(name), failure);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The jar of %s was not unpacked to its end.".formatted(name), hurried);
        }
    }

    /** @param before classes that come before the service's own; empty for the service as it is */
    List<String> command(Optional<Path> before) {
        Path jar = SHIPPED.resolve(jar());
        List<String> command =
                new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m", "-cp"));
        command.add(before.map(classes -> classes + File.pathSeparator + jar).orElse(jar.toString()));
        command.add(mainClass(jar));
        return command;
    }

    private static String mainClass(Path jar) {
        try (JarFile opened = new JarFile(jar.toFile())) {
            return opened.getManifest().getMainAttributes().getValue("Main-Class");
        } catch (IOException failure) {
            throw new UncheckedIOException("%s can't be read.".formatted(jar), failure);
        }
    }
}
