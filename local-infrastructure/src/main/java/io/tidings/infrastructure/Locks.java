package io.tidings.infrastructure;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** Turns that processes, and threads within them, take. */
final class Locks {

    private Locks() {}

    /** Waits until nobody else holds this file; it is held until the channel is closed. */
    static FileChannel exclusive(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (true) {
                try {
                    channel.lock();
                    return channel;
                } catch (OverlappingFileLockException heldByAnotherThread) {
                    LockSupport.parkNanos(20_000_000);
                }
            }
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }
}
