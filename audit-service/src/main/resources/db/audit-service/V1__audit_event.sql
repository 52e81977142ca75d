-- Every message that was told on any topic, as it came. Nothing is changed or removed here.
create table audit_event (
    event_id       uuid        primary key,
    topic          text        not null,
    key            text        not null,
    type           text        not null,
    -- The type without namespace and version; the whole type if it has none.
    name           text        not null,
    source         text        not null,
    correlation_id text        not null,
    causation_id   text,
    traceparent    text,
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null,
    annotations    jsonb       not null,
    payload        bytea       not null
);

-- Whoever writes to a topic chooses these texts, and an index takes no long ones: it gets their beginnings.
create index audit_event_correlation on audit_event (left(correlation_id, 200), event_id);
create index audit_event_key on audit_event (left(key, 200), event_id);
create index audit_event_type on audit_event (left(type, 200), event_id);
create index audit_event_name on audit_event (left(name, 200), event_id);
