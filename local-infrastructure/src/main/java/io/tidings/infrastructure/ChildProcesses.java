package io.tidings.infrastructure;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Starts processes. Until a child runs its own program it holds all sockets that its parent had open, so that a port which
 * was only tried would stay taken for some milliseconds: nobody tries one while a child is started.
 */
final class ChildProcesses {

    private static final ReentrantLock TURN = new ReentrantLock();

    private ChildProcesses() {}

    /** As {@link ProcessBuilder#start}, which returns when the child runs its own program. */
    static Process start(ProcessBuilder builder) throws IOException {
        TURN.lock();
        try {
            return builder.start();
        } finally {
            TURN.unlock();
        }
    }

    /** Does something with a socket that no child gets hold of. */
    static <T> T withoutHeirs(Supplier<T> task) {
        TURN.lock();
        try {
            return task.get();
        } finally {
            TURN.unlock();
        }
    }
}
