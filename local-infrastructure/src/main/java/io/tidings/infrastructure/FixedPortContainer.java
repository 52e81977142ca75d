package io.tidings.infrastructure;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.testcontainers.containers.GenericContainer;

/**
 * A container whose port on this side stays the same when it is stopped and started, which one that Docker chooses
 * would not.
 */
final class FixedPortContainer<C extends GenericContainer<?>> implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final String name;
    private final C container;
    private final Callable<Boolean> ready;
    private final Stopper<C> beforeStop;
    private boolean running = true;

    private FixedPortContainer(String name, C container, Callable<Boolean> ready, Stopper<C> beforeStop) {
        this.name = name;
        this.container = container;
        this.ready = ready;
        this.beforeStop = beforeStop;
    }

    static <C extends GenericContainer<?>> FixedPortContainer<C> start(
            String name,
            int containerPort,
            Supplier<C> maker,
            Function<C, Callable<Boolean>> ready,
            Stopper<C> beforeStop) {
        for (int attempt = 1; ; attempt++) {
            C container = maker.get();
            int port = Loopback.anyFree();
            // Reachable from this machine only, unless the engine itself is on another one.
            String address = isLocal(container.getHost()) ? Loopback.HOST + ":" : "";
            container.setPortBindings(List.of(address + port + ":" + containerPort));
            try {
                container.start();
                return new FixedPortContainer<>(name, container, ready.apply(container), beforeStop);
            } catch (RuntimeException failure) {
                container.stop();
                // A new attempt takes another port: somebody else may have been quicker with this one.
                if (attempt == ATTEMPTS) {
                    throw didNotStart(name, container, failure);
                }
            }
        }
    }

    static InfrastructureException didNotStart(String name, GenericContainer<?> container, RuntimeException cause) {
        return new InfrastructureException(
                "The container of %s did not start from image %s; see the cause, or use -Dtidings.infrastructure=embedded."
                        .formatted(name, container.getDockerImageName()),
                cause);
    }

    C container() {
        return container;
    }

    synchronized void interrupt() {
        if (running) {
            running = false;
            try {
                beforeStop.stop(container);
            } catch (IOException alreadyEnding) {
                // The stop below is not refused.
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
            }
            client().stopContainerCmd(container.getContainerId())
                    .withTimeout(20)
                    .exec();
        }
    }

    synchronized void resume() {
        if (!running) {
            client().startContainerCmd(container.getContainerId()).exec();
            Readiness.await(name, Duration.ofMinutes(1), ready);
            running = true;
        }
    }

    @Override
    public void close() {
        container.stop();
    }

    private DockerClient client() {
        return container.getDockerClient();
    }

    /** What must happen inside for the stop to be an orderly one. */
    @FunctionalInterface
    interface Stopper<C> {
        void stop(C container) throws IOException, InterruptedException;
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.startsWith("127.");
    }
}
