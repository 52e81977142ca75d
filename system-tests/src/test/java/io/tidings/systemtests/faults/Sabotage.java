package io.tidings.systemtests.faults;

import io.tidings.systemtests.faults.sabotage.DeleteFirst;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes one of the system's protections away, to see that the fault runner notices. */
enum Sabotage {
    NONE(""),

    /** What was noted as handled is forgotten at once, so that whatever comes again is handled again. */
    INBOX_OFF("""
            create or replace function forget() returns trigger language plpgsql as $$ begin
                delete from inbox where event_id = new.event_id;
                return new;
            end $$;
            create or replace trigger forget before insert on inbox for each row execute function forget();
            """),

    /** A dead letter no longer parks its key. */
    PARKING_OFF("""
            create or replace function let_pass() returns trigger language plpgsql as $$ begin
                return null;
            end $$;
            create or replace trigger let_pass before insert on parked_key for each row execute function let_pass();
            """),

    /** The relay deletes what it has not sent yet. */
    DELETE_FIRST("");

    private final String sql;

    Sabotage(String sql) {
        this.sql = sql;
    }

    /**
     * A folder of classes that are added to the services, which is made for it; empty if none are needed.
     *
     * @param folder where to make it
     */
    Optional<Path> classes(Path folder) throws IOException {
        if (this != DELETE_FIRST) {
            return Optional.empty();
        }
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
        return Optional.of(classes);
    }

    void apply(DatabaseServer database) throws SQLException {
        if (!sql.isEmpty()) {
            for (String service : Cluster.SERVICES) {
                Witness.execute(database, service, sql);
            }
        }
    }
}
