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
    payload        bytea       not null,

    -- Each record vouches for all before it in its chain: the hash is over the previous one and over what is above.
    chain          text        not null,
    position       bigint      not null check (position >= 1),
    hash           bytea       not null check (octet_length(hash) = 32),
    unique (chain, position)
);

-- Whoever writes to a topic chooses these texts, and an index takes no long ones: it gets their beginnings.
create index audit_event_correlation on audit_event (left(correlation_id, 200), event_id);
create index audit_event_key on audit_event (left(key, 200), event_id);
create index audit_event_type on audit_event (left(type, 200), event_id);
create index audit_event_name on audit_event (left(name, 200), event_id);

-- Where each chain ends. Without it nobody would miss the last records.
create table audit_chain (
    name   text   primary key,
    length bigint not null check (length >= 0),
    hash   bytea  not null check (octet_length(hash) = 32)
);

-- Append-only, twice over. The service's role takes the rights from itself; as the owner it could give them back, and
-- then it still meets triggers. An owner or superuser who removes those too is told on by the chains.
revoke update, delete, truncate on audit_event from current_user;
revoke delete, truncate on audit_chain from current_user;

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise insufficient_privilege using message =
        format('%s is append-only: %s is refused. What was recorded stays as it is.', tg_table_name, lower(tg_op));
end
$$;

create trigger audit_event_is_append_only
    before update or delete or truncate on audit_event
    for each statement execute function audit_is_append_only();

create trigger audit_chain_is_append_only
    before delete or truncate on audit_chain
    for each statement execute function audit_is_append_only();

create function audit_chain_only_grows() returns trigger language plpgsql as $$
begin
    if new.name <> old.name or new.length <= old.length then
        raise insufficient_privilege using message = format('Chain %s only grows.', old.name);
    end if;
    return new;
end
$$;

create trigger audit_chain_only_grows
    before update on audit_chain
    for each row execute function audit_chain_only_grows();
