package io.tidings.infrastructure;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that one infrastructure works in, and no other at the same time. Its lock ends with the process, however
 * that ends; that is how the next one finds what a killed one left behind.
 */
final class DataFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
    private static final String LOCK = "in-use.lock";

    /**
     * The locks of this process. Its own must not even be opened to be looked at: the operating system gives up all locks
     * that a process has on a file when the process closes any one channel of that file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final boolean fresh;
    private final FileChannel lock;

    private DataFolder(Path path, boolean fresh, FileChannel lock) {
        this.path = path;
        this.fresh = fresh;
        this.lock = lock;
    }

    static DataFolder open(Path chosen) {
        Path path = chosen.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            FileChannel lock = tryLock(path.resolve(LOCK));
            if (lock == null) {
                throw new InfrastructureException(
                        "Folder %s is in use by another running infrastructure; stop that one or choose another with EmbeddedOptions.withDataFolder."
                                .formatted(path));
            }
            return new DataFolder(path, false, lock);
        } catch (IOException failure) {
            throw Folders.notWritable(path, failure);
        }
    }

    /** A new folder among the runs in the cache, after removing those whose process was killed. */
    static DataFolder fresh(Path cache) {
        Path runs = cache.resolve("runs");
        try {
            Files.createDirectories(runs);
            Folders.spreadOverDisk(runs);
            // One at a time: a folder that is made but not locked yet must not pass for an abandoned one.
            try (FileChannel turn = Locks.exclusive(cache.resolve("runs.lock"))) {
                removeAbandoned(runs);
                Path path = Files.createDirectory(runs.resolve(
                        "%d-%s".formatted(ProcessHandle.current().pid(), Long.toString(System.nanoTime(), 36))));
                FileChannel lock = tryLock(path.resolve(LOCK));
                if (lock == null) {
                    throw new IOException("somebody else locked it");
                }
                return new DataFolder(path, true, lock);
            }
        } catch (IOException failure) {
            throw Folders.notWritable(runs, failure);
        }
    }

    Path resolve(String part) {
        return path.resolve(part);
    }

    /** Whether it is deleted when closed. */
    boolean isFresh() {
        return fresh;
    }

    @Override
    public void close() {
        try {
            release(path.resolve(LOCK), lock);
        } catch (IOException ignored) {
            // The lock ends with the process at the latest.
        }
        if (fresh) {
            Folders.delete(path);
        }
    }

    private static void removeAbandoned(Path runs) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
            for (Path folder : folders) {
                Path file = folder.resolve(LOCK);
                try {
                    FileChannel lock = tryLock(file);
                    if (lock == null) {
                        continue;
                    }
                    try {
                        log.info("Removing what a killed run left in {}", folder);
                        PostgresProcess.of(folder.resolve(PostgresServer.FOLDER))
                                .ifPresent(PostgresProcess::kill);
                    } finally {
                        release(file, lock);
                    }
                } catch (IOException unreadable) {
                    continue;
                }
                Folders.delete(folder);
            }
        }
    }

    private static @Nullable FileChannel tryLock(Path file) throws IOException {
        if (!HELD.add(file)) {
            return null;
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // As good as held by another one.
        } catch (IOException | RuntimeException failure) {
            HELD.remove(file);
            throw failure;
        }
        release(file, channel);
        return null;
    }

    private static void release(Path file, @Nullable FileChannel lock) throws IOException {
        try {
            if (lock != null) {
                lock.close();
            }
        } finally {
            HELD.remove(file);
        }
    }
}
