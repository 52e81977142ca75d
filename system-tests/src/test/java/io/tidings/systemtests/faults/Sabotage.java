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
    INBOX_OFF(new OnInsert("inbox", "after", "delete from inbox where event_id = new.event_id; return null;")),

    /** A dead letter no longer parks its key. */
    PARKING_OFF(new OnInsert("parked_key", "before", "return null;")),

    /** Nobody remembers what was asked for under an {@code Idempotency-Key}. */
    KEYS_OFF(new OnInsert("idempotency_key", "after", "delete from idempotency_key where id = new.id; return null;")),

    /** The relay of order-service deletes what it has not sent yet. */
    DELETE_FIRST(new DeletingFirst());

    private final Means means;

    Sabotage(Means means) {
        this.means = means;
    }

    /** @param folder for what it needs */
    void apply(Cluster cluster, Path folder) throws Exception {
        means.apply(cluster, folder);
    }

    void lift(Cluster cluster) throws Exception {
        means.lift(cluster);
    }

    private interface Means {

        void apply(Cluster cluster, Path folder) throws Exception;

        void lift(Cluster cluster) throws Exception;
    }

    /** A trigger on a table in every service's database. */
    private record OnInsert(String table, String when, String instead) implements Means {

        @Override
        public void apply(Cluster cluster, Path folder) throws SQLException {
            everywhere(cluster, """
                    create or replace function sabotage_%1$s() returns trigger language plpgsql as $$ begin
                        %3$s
                    end $$;
                    create or replace trigger sabotage %2$s insert on %1$s
                        for each row execute function sabotage_%1$s();
                    """.formatted(table, when, instead));
        }

        @Override
        public void lift(Cluster cluster) throws SQLException {
            everywhere(cluster, "drop trigger if exists sabotage on " + table);
        }

        private static void everywhere(Cluster cluster, String sql) throws SQLException {
            for (String service : Cluster.SERVICES) {
                Witness.execute(cluster.database(), service, sql);
            }
        }
    }

    /** Another class in the relay's place. */
    private record DeletingFirst() implements Means {

        @Override
        public void apply(Cluster cluster, Path folder) throws IOException {
            cluster.restartWith(classes(folder), "order-service");
        }

        @Override
        public void lift(Cluster cluster) {
            cluster.restartAsShipped("order-service");
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
