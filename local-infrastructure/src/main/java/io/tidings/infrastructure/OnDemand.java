package io.tidings.infrastructure;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that starts when it is first asked for, and only once. A failed start is tried again at the next ask. */
final class OnDemand<T extends AutoCloseable> implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final String name;
    private final Supplier<T> starter;
    private @Nullable T started;
    private boolean closed;

    OnDemand(String name, Supplier<T> starter) {
        this.name = name;
        this.starter = starter;
    }

    T get() {
        lock.lock();
        try {
            if (closed) {
                throw new InfrastructureException(name + " is closed; ask a new infrastructure for it.");
            }
            T present = started;
            if (present == null) {
                present = starter.get();
                started = present;
            }
            return present;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            T present = started;
            started = null;
            if (present != null) {
                present.close();
            }
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new InfrastructureException(name + " did not stop in an orderly way; see the cause.", failure);
        } finally {
            lock.unlock();
        }
    }
}
