package io.tidings.systemtests.faults;

import io.tidings.systemtests.cluster.Cluster;
import io.tidings.systemtests.cluster.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Writes down, in the databases and in the transactions of the services, what they publish and what they take, so that it
 * can be told afterwards what ought to have happened. The services don't know of it.
 */
final class Witness {

    private static final String TESTIMONY = """
            create table if not exists witness_published (
                position bigint primary key, event_id uuid not null, topic text not null, key text not null,
                type text not null);
            create table if not exists witness_taken (
                position bigint generated always as identity primary key, event_id uuid not null);
            create or replace function witness_publishing() returns trigger language plpgsql as $$ begin
                insert into witness_published values (new.id, new.event_id, new.topic, new.key, new.type);
                return null;
            end $$;
            create or replace function witness_taking() returns trigger language plpgsql as $$ begin
                insert into witness_taken (event_id) values (new.event_id);
                return null;
            end $$;
            create or replace trigger witness_publishing after insert on outbox
                for each row execute function witness_publishing();
            create or replace trigger witness_taking after insert on inbox
                for each row execute function witness_taking();
            """;

    /** A price at which order-service and search-service can't copy a product, until somebody mends it. */
    private static final String SICKNESS = """
            create table if not exists sickness (sku text not null, price_minor bigint not null);
            create or replace function fall_sick() returns trigger language plpgsql as $$ begin
                if exists (select from sickness where sku = new.sku and price_minor = new.price_minor) then
                    raise exception 'This price makes the copy sick.' using errcode = 'check_violation';
                end if;
                return new;
            end $$;
            create or replace trigger fall_sick before insert or update on product_copy
                for each row execute function fall_sick();
            """;

    private Witness() {}

    static void watch(DatabaseServer database) throws SQLException {
        for (String service : Cluster.SERVICES) {
            execute(database, service, TESTIMONY);
        }
        execute(database, "order-service", SICKNESS);
    }

    static void execute(DatabaseServer database, String service, String sql) throws SQLException {
        try (Connection connection = database.connect(service);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
