package io.tidings.infrastructure;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whole folders: copied, deleted, found a place for. */
final class Folders {

    private Folders() {}

    /**
     * Where unpacked binaries and fresh data folders live: {@code .cache/tidings} in the user's home, or a folder of
     * the user's own among the temporary files where there is no home to write to.
     *
     * @param forEveryone whether other users must be able to reach it
     */
    static Path cache(boolean forEveryone) {
        Path home = Path.of(System.getProperty("user.home", "?"));
        if (home.isAbsolute() && !forEveryone) {
            try {
                return Files.createDirectories(home.resolve(".cache").resolve("tidings"));
            } catch (IOException readOnlyHome) {
                // The temporary folder will do.
            }
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9]", "_");
        Path folder = temporary.resolve((forEveryone ? "tidings-shared-" : "tidings-") + user);
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, "owner", null);
            boolean own = Files.getOwner(probe).equals(Files.getOwner(folder));
            Files.delete(probe);
            if (own) {
                return folder;
            }
        } catch (IOException failure) {
            throw notWritable(folder, failure);
        }
        throw new InfrastructureException(
                "Folder %s belongs to another user; delete it or set -Djava.io.tmpdir to a folder of your own."
                        .formatted(folder));
    }

    /**
     * Has each folder that is made in this one begin in another part of the disk, where the file system is ext4 and has
     * {@code chattr}; elsewhere nothing happens.
     *
     * <p>ext4 gives no new file the number of one that was deleted in the last minutes, and tries the numbers nearby one
     * by one. PostgreSQL makes 300 files for a database, so that what starts right after another one has cleaned up would
     * wait for seconds.
     */
    static void spreadOverDisk(Path parent) {
        try {
            if (Files.getFileStore(parent).type().equals("ext4")) {
                ChildProcesses.start(new ProcessBuilder("chattr", "+T", parent.toString())
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD))
                        .waitFor(5, TimeUnit.SECONDS);
            }
        } catch (IOException notToBeHad) {
            // It works without, only slower.
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    static InfrastructureException notWritable(Path folder, IOException cause) {
        return new InfrastructureException(
                "Folder %s cannot be written to (%s); make it writable or choose another with EmbeddedOptions.withDataFolder."
                        .formatted(folder, cause),
                cause);
    }

    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes what can be deleted; what cannot is left to a later try. */
    static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    return deleteOne(file);
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) {
                    return deleteOne(visited);
                }
            });
        } catch (IOException ignored) {
            // No visitor throws.
        }
    }

    private static FileVisitResult deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException ignored) {
            // A process that is just ending may still hold it.
        }
        return FileVisitResult.CONTINUE;
    }
}
