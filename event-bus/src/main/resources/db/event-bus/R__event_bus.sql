-- The tables of the event bus. This script may run again at any time: it must leave what is there as it is.

-- Messages that were published and that the broker has not acknowledged yet.
create table if not exists outbox (
    id         bigint generated always as identity primary key,
    event_id   uuid        not null,
    topic      text        not null,
    key        text        not null,
    type       text        not null,
    headers    text        not null,
    payload    bytea       not null,
    created_at timestamptz not null default clock_timestamp()
);

-- A table that only drains must be cleaned by how much went through it, not by how much is in it.
alter table outbox set (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 5000,
    autovacuum_vacuum_cost_delay = 0
);

-- One row: whoever has locked it relays.
create table if not exists outbox_relay (
    id int primary key check (id = 1)
);
insert into outbox_relay (id) values (1) on conflict do nothing;

-- Messages that were handled.
create table if not exists inbox (
    event_id    uuid        primary key,
    received_at timestamptz not null default clock_timestamp()
);
create index if not exists inbox_received_at on inbox using brin (received_at);

-- One row: the replay by which this service is being rebuilt, during which live messages wait; null as long as none is.
create table if not exists replay_gate (
    id         int  primary key check (id = 1),
    replay_id  uuid,
    last_ended uuid
);
insert into replay_gate (id) values (1) on conflict do nothing;
