package io.tidings.systemtests.faults;

import io.tidings.systemtests.cluster.Cluster;
import io.tidings.systemtests.faults.sabotage.DeleteFirst;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Takes one of the protections away from a system that runs, to see that the fault runner notices. */
enum Sabotage {

    /** What was noted as handled is forgotten at once, so that whatever comes again is handled again. */
    INBOX_OFF {
        @Override
        void apply(Cluster cluster, Path folder) throws SQLException {
            everywhere(cluster, """
                    create or replace function forget() returns trigger language plpgsql as $$ begin
                        delete from inbox where event_id = new.event_id;
                        return new;
                    end $$;
                    create or replace trigger forget before insert on inbox for each row execute function forget();
                    """);
        }

        @Override
        void lift(Cluster cluster) throws SQLException {
            everywhere(cluster, "drop trigger if exists forget on inbox");
        }
    },

    /** A dead letter no longer parks its key. */
    PARKING_OFF {
        @Override
        void apply(Cluster cluster, Path folder) throws SQLException {
            everywhere(cluster, """
                    create or replace function let_pass() returns trigger language plpgsql as $$ begin
                        return null;
                    end $$;
                    create or replace trigger let_pass before insert on parked_key
                        for each row execute function let_pass();
                    """);
        }

        @Override
        void lift(Cluster cluster) throws SQLException {
            everywhere(cluster, "drop trigger if exists let_pass on parked_key");
        }
    },

    /** Nobody remembers what was asked for under an {@code Idempotency-Key}. */
    KEYS_OFF {
        @Override
        void apply(Cluster cluster, Path folder) throws SQLException {
            everywhere(cluster, """
                    create or replace function forget_key() returns trigger language plpgsql as $$ begin
                        delete from idempotency_key where id = new.id;
                        return null;
                    end $$;
                    create or replace trigger forget_key after insert on idempotency_key
                        for each row execute function forget_key();
                    """);
        }

        @Override
        void lift(Cluster cluster) throws SQLException {
            everywhere(cluster, "drop trigger if exists forget_key on idempotency_key");
        }
    },

    /** The relay of order-service deletes what it has not sent yet. */
    DELETE_FIRST {
        @Override
        void apply(Cluster cluster, Path folder) throws IOException {
            cluster.restartWith(classes(folder), "order-service");
        }

        @Override
        void lift(Cluster cluster) {
            cluster.restartAsShipped("order-service");
        }
    };

    /** @param folder for what it needs */
    abstract void apply(Cluster cluster, Path folder) throws Exception;

    abstract void lift(Cluster cluster) throws Exception;

    private static void everywhere(Cluster cluster, String sql) throws SQLException {
        for (String service : Cluster.SERVICES) {
            Witness.execute(cluster.database(), service, sql);
        }
    }

    /** A folder of classes that come before those of a service. */
    private static Path classes(Path folder) throws IOException {
        Path classes = folder.resolve("sabotage");
        String name = DeleteFirst.class.getName().replace('.', '/');
        Path packages = Files.createDirectories(classes.resolve(name).getParent());
        Path compiled = Path.of(URI.create(DeleteFirst.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .resolve(name)
                .getParent();
        try (Stream<Path> files = Files.list(compiled)) {
            for (Path file : files.toList()) {
                Files.copy(file, packages.resolve(file.getFileName()));
            }
        }
        Path imports =
                classes.resolve("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
        Files.createDirectories(imports.getParent());
        Files.writeString(imports, DeleteFirst.class.getName());
        return classes;
    }
}
