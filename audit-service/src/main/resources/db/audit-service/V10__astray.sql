-- Whether an id tells another time than the message does, by more than a minute. Ids that are no UUIDv7 do, and so do those
-- of what was told late. It is made of what depends on no setting, so that an index can be made of it.
create function audit_is_astray(event_id uuid, occurred_at timestamptz) returns boolean language sql immutable as $$
    select abs(('x' || left(replace(event_id::text, '-', ''), 12))::bit(48)::bigint
        - extract(epoch from occurred_at at time zone 'UTC') * 1000) > 60000
$$;

-- Who asks for a time reads the ids of that time, and of the others these.
create index audit_event_astray on audit_event (occurred_at) where audit_is_astray(event_id, occurred_at);
