-- The tables of the event bus. This script may run again at any time: it must leave what is there as it is.

-- An application may have tables of its own that are called as these are. They are told by a column that they lack, before
-- anything is changed: "if not exists" would take them for the bus's.
do $$
declare
    foreign_table text;
begin
    select format('%I.%I', current_schema(), ours.name) into foreign_table
    from (values ('outbox', array['event_id', 'topic', 'key', 'type', 'payload', 'created_at']),
                 ('outbox_relay', array['id']),
                 ('inbox', array['event_id', 'received_at']),
                 ('idempotency_key', array['id', 'fingerprint', 'answer', 'created_at']),
                 ('replay_gate', array['id', 'replay_id', 'last_ended']),
                 ('parked_key', array['id', 'topic', 'key', 'since']),
                 ('dead_letter', array['position', 'id', 'state', 'key_id', 'message_id', 'headers', 'payload', 'parked_at'])
         ) as ours (name, columns)
         join pg_class there on there.relname = ours.name
         join pg_namespace schema on schema.oid = there.relnamespace and schema.nspname = current_schema()
    where not ours.columns <@ array(select attname::text from pg_attribute
                                    where attrelid = there.oid and attnum > 0 and not attisdropped)
    order by ours.name limit 1;
    if foreign_table is not null then
        raise exception 'There is a table % that the event bus did not make, and the bus needs one of that name.', foreign_table
            using hint = 'Give one of the two another place: rename that table, or give the bus a schema of its own (currentSchema in the JDBC URL).';
    end if;
end $$;

-- Messages that were published and that the broker has not acknowledged yet.
create table if not exists outbox (
    id             bigint generated always as identity primary key,
    event_id       uuid        not null,
    topic          text        not null,
    key            text        not null,
    type           text        not null,
    source         text        not null,
    time           timestamptz not null,
    correlation_id text        not null,
    causation_id   text,
    traceparent    text,
    annotations    text,                 -- as a JSON object; null, as nearly always, if there are none
    payload        bytea       not null,
    created_at     timestamptz not null default clock_timestamp()
);

-- Of a message that the broker refused: since when, how often, and why the last time. It holds its key back.
alter table outbox
    add column if not exists refused_at timestamptz,
    add column if not exists refusals   int not null default 0,
    add column if not exists refusal    text;
create index if not exists outbox_refused on outbox (id) where refused_at is not null;

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

-- Whether a replay noted it and spared handlers that do something outside, which have not heard of it live. If not, as
-- nearly always, it is null, which takes no room.
alter table inbox add column if not exists spared boolean;

-- It grows, and what is in it is always of the same kind: new statistics at each tenth would change no plan. Of large tables
-- they cost more than all vacuuming.
alter table inbox set (autovacuum_analyze_scale_factor = 1);

-- What callers asked for under a key of theirs, and what they were answered.
create table if not exists idempotency_key (
    id          bytea       primary key, -- made of the key and whose it is, of which the latter may be too long for an index
    fingerprint bytea       not null,    -- of what was asked for
    answer      text,                    -- as JSON; null only to the transaction that is about to find it
    created_at  timestamptz not null default clock_timestamp()
);
create index if not exists idempotency_key_created_at on idempotency_key using brin (created_at);

-- One row: the replay by which this service is being rebuilt, during which live messages wait; null as long as none is.
create table if not exists replay_gate (
    id         int  primary key check (id = 1),
    replay_id  uuid,
    last_ended uuid
);
insert into replay_gate (id) values (1) on conflict do nothing;

-- Keys of which a message could not be handled: what follows of them waits behind it. Whoever adds to what waits, or
-- finds that nothing does any more, has locked the key's row.
create table if not exists parked_key (
    id    uuid        primary key, -- made of topic and key, since a key may be too long for an index
    topic text        not null,
    key   text        not null,
    since timestamptz not null default clock_timestamp()
);
create index if not exists parked_key_since on parked_key (since, id);

-- Messages that could not be handled (FAILED), those of the same key that wait behind them (WAITING), and those that an
-- operator gave up (DISCARDED). What is handled at last is deleted.
create table if not exists dead_letter (
    position       bigint generated always as identity primary key,
    id             uuid        not null unique,
    state          text        not null check (state in ('FAILED', 'WAITING', 'DISCARDED')),
    key_id         uuid,                  -- of parked_key; null for a message without key, which nothing waits behind
    message_id     uuid        not null,
    topic          text        not null,
    key            text        not null,
    type           text        not null,
    headers        text        not null,
    payload        bytea       not null,  -- as it came, readable or not
    parked_at      timestamptz not null default clock_timestamp(),
    attempts       int         not null default 0,
    failed_at      timestamptz,
    reason         text,
    exception      text,
    stack          text,
    discarded_at   timestamptz,
    discarded_by   text,
    discarded_why  text
);

-- Whether nothing is left of what was in it, because it may have been personal.
alter table dead_letter
    add column if not exists emptied boolean not null default false;

create index if not exists dead_letter_of_key on dead_letter (key_id, position) where state <> 'DISCARDED';
create index if not exists dead_letter_without_key on dead_letter (position)
    where key_id is null and state <> 'DISCARDED';
create index if not exists dead_letter_key on dead_letter using hash (key);
