package io.tidings.systemtests.faults;

import java.sql.SQLException;

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
            """);

    private final String sql;

    Sabotage(String sql) {
        this.sql = sql;
    }

    void apply(DatabaseServer database) throws SQLException {
        if (!sql.isEmpty()) {
            for (String service : Cluster.SERVICES) {
                Witness.execute(database, service, sql);
            }
        }
    }
}
