package io.tidings.benchmarks.debezium;

import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.tidings.benchmarks.contender.Announcer;
import io.tidings.benchmarks.contender.OrderChanged;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.connect.source.SourceRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Debezium's engine, which gives batches of what was inserted into the outbox; each is sent and waited for as a whole. */
@Component
class LogReader implements SmartLifecycle {

    private static final Duration START_AT_MOST = Duration.ofMinutes(1);

    private final Settings settings;
    private final JdbcConnectionDetails database;
    private final JdbcTemplate jdbc;
    private final KafkaTemplate<String, String> kafka;
    private final Path folder;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("debezium").daemon().factory());
    private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
    private volatile boolean running;

    /** @param engine of Debezium, over those that it needs in any case */
    @ConfigurationProperties("debezium")
    record Settings(@DefaultValue Map<String, String> engine) {}

    /** @param announcer makes the table, which must be there first */
    LogReader(
            Settings settings,
            JdbcConnectionDetails database,
            JdbcTemplate jdbc,
            KafkaTemplate<String, String> kafka,
            @Value("${benchmark.folder}") Path folder,
            Announcer announcer) {
        this.settings = settings;
        this.database = database;
        this.jdbc = jdbc;
        this.kafka = kafka;
        this.folder = folder;
        Objects.requireNonNull(announcer);
        this.engine = DebeziumEngine.create(Connect.class)
                .using(properties())
                .notifying(this::send)
                .build();
    }

    private Properties properties() {
        URI server = URI.create(database.getJdbcUrl().substring("jdbc:".length()));
        String name = server.getPath().substring(1);
        Map<String, String> all = new HashMap<>(Map.of(
                "name", name,
                "topic.prefix", name,
                "connector.class", "io.debezium.connector.postgresql.PostgresConnector",
                "plugin.name", "pgoutput",
                "slot.name", name,
                "publication.name", name,
                "publication.autocreate.mode", "filtered",
                "table.include.list", "public.outbox",
                "snapshot.mode", "no_data",
                "tombstones.on.delete", "false"));
        all.putAll(Map.of(
                "database.hostname", server.getHost(),
                "database.port", Integer.toString(server.getPort()),
                "database.dbname", name,
                "database.user", Objects.requireNonNull(database.getUsername()),
                "database.password", Objects.requireNonNull(database.getPassword())));
        all.putAll(Map.of(
                "offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore",
                "offset.storage.file.filename",
                        folder.resolve(name + ".offsets").toString(),
                "transforms", "outbox",
                "transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter",
                "transforms.outbox.route.topic.replacement", "${routedByValue}"));
        all.putAll(settings.engine());
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    /** All of a batch at once; it is done when the broker has acknowledged each. */
    private void send(
            List<ChangeEvent<SourceRecord, SourceRecord>> batch,
            DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
            throws InterruptedException {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (ChangeEvent<SourceRecord, SourceRecord> event : batch) {
            SourceRecord change = event.value();
            if (change != null && change.topic().equals(OrderChanged.TOPIC)) {
                sent.add(kafka.send(change.topic(), (String) change.key(), (String) change.value()));
            }
        }
        sent.forEach(CompletableFuture::join);
        for (ChangeEvent<SourceRecord, SourceRecord> event : batch) {
            committer.markProcessed(event);
        }
        committer.markBatchFinished();
    }

    /** Returns when the log is being read: what is committed from then on is sent. */
    @Override
    public void start() {
        running = true;
        executor.execute(engine);
        long deadline = System.nanoTime() + START_AT_MOST.toNanos();
        while (!isReading()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Debezium does not read the log after " + START_AT_MOST + ".");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The start was interrupted.", stopped);
            }
        }
    }

    private boolean isReading() {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from pg_replication_slots where active and database = current_database())",
                Boolean.class));
    }

    @Override
    public void stop() {
        running = false;
        try {
            engine.close();
        } catch (IOException failure) {
            throw new IllegalStateException("Debezium can't be stopped.", failure);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
