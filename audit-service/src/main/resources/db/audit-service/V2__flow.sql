-- What each flow has come to, kept up with every batch that is recorded. Whatever is here follows from audit_event.
create table flow (
    correlation_id text        primary key check (length(correlation_id) <= 200),
    first_event_id uuid        not null,
    started_at     timestamptz not null,
    last_at        timestamptz not null,
    -- The name of the message that was published last.
    last_name      text        not null,
    messages       bigint      not null,
    dead_letters   bigint      not null
) with (fillfactor = 70);
create index flow_newest on flow (first_event_id desc);

-- What a flow began and must bring to an end, such as an order. Messages come in any order and from several flows (who
-- cancels an order does so in a flow of their own), so marks are only ever added.
create table undertaking (
    key            text        primary key check (length(key) <= 200),
    -- The flow that began it; null as long as only ends have been heard of.
    correlation_id text,
    begun_at       timestamptz,
    ended_at       timestamptz,
    -- The name of the message that ended it.
    outcome        text,
    -- When it was heard of first.
    heard_at       timestamptz not null,
    -- A bit for each obligation that was begun, and eight bits above it one for each that was met.
    marks          int         not null,
    -- Since when an operator knows that it stands still.
    alerted_at     timestamptz,
    open           boolean     generated always as ((marks & 255 & ~(marks >> 8)) <> 0) stored
) with (fillfactor = 70);
create index undertaking_flow on undertaking (correlation_id);
create index undertaking_open on undertaking (begun_at) where open;

insert into flow (correlation_id, first_event_id, started_at, last_at, last_name, messages, dead_letters)
select correlation_id, (array_agg(event_id order by event_id))[1], min(occurred_at), max(occurred_at),
    (array_agg(name order by occurred_at desc, event_id desc))[1], count(*), count(*) filter (where topic like '%.dlt')
from audit_event where length(correlation_id) <= 200
group by correlation_id;

-- The same as Obligation says, for what was recorded before this table was there.
with obligation (bit, topic, name, begins) as (values
        (1, 'orders', 'OrderPlaced', true),
        (2, 'inventory', 'InventoryReserved', true),
        (4, 'payments', 'PaymentProcessed', true),
        (8, 'shipments', 'ShipmentCreated', true),
        (1 + 2 + 4 + 8, 'orders', 'OrderCompleted', false),
        (1, 'orders', 'OrderRejected', false),
        (1, 'orders', 'OrderCanceled', false),
        (2, 'inventory', 'InventoryReleased', false),
        (4, 'payments', 'PaymentRefunded', false),
        (8, 'shipments', 'ShipmentCanceled', false)),
    told as (
        select event.*, obligation.begins,
            case when obligation.begins then obligation.bit else obligation.bit << 8 end as mark
        from audit_event event join obligation using (topic, name) where length(event.key) <= 200)
insert into undertaking (key, correlation_id, begun_at, ended_at, outcome, heard_at, marks)
select key, (array_agg(correlation_id order by occurred_at, event_id) filter (where begins))[1],
    min(occurred_at) filter (where begins), max(occurred_at) filter (where not begins),
    min(name) filter (where not begins and topic = 'orders'), min(recorded_at), bit_or(mark)
from told group by key;
