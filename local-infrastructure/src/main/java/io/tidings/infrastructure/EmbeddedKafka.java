package io.tidings.infrastructure;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kafka on one folder and one port, which it keeps when it is interrupted. */
final class EmbeddedKafka implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final Map<String, String> settings;
    private @Nullable KafkaBroker running;

    EmbeddedKafka(Path folder, int requestedPort, Map<String, String> settings) {
        this.folder = folder;
        this.settings = settings;
        this.running = KafkaBroker.start(folder, requestedPort, settings);
        this.port = running.port();
    }

    String bootstrapServers() {
        return Loopback.HOST + ":" + port;
    }

    synchronized void interrupt() {
        KafkaBroker broker = running;
        running = null;
        if (broker != null) {
            broker.close();
        }
    }

    synchronized void resume() {
        if (running == null) {
            running = KafkaBroker.start(folder, port, settings);
        }
    }

    @Override
    public void close() {
        interrupt();
    }
}
