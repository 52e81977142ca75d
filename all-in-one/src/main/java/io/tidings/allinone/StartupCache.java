package io.tidings.allinone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache of loaded classes that the JVM writes when it ends, if the script that started it says where to.
 *
 * @param file empty if none is to be written
 */
record StartupCache(Optional<Path> file) {

    private static final Logger log = LoggerFactory.getLogger(StartupCache.class);

    static StartupCache ofThisJvm() {
        return new StartupCache(
                Optional.ofNullable(System.getProperty("tidings.startup-cache")).map(Path::of));
    }

    /**
     * Marks the cache as one of a whole start, by an empty file beside it. The script passes over one without the mark: of a
     * start that failed it holds little, and starts would be slow for good.
     */
    void markAsWhole() {
        file.map(cache -> cache.resolveSibling(cache.getFileName() + ".whole")).ifPresent(mark -> {
            try {
                Files.write(mark, new byte[0]);
            } catch (IOException failure) {
                log.warn("The next start is no quicker than this one, since {} can't be written.", mark, failure);
            }
        });
    }

    /** What to say when the JVM is asked to end. */
    String farewell() {
        return file.isEmpty()
                ? "stopping"
                : "stopping; this once it takes some seconds, as a cache for quicker starts is written";
    }
}
