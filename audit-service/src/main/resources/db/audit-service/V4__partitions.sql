-- The log in parts, one for each month, by the time that stands in the ids (UUIDv7): so an id is unique among all of them.
-- Ids of another kind go into a part of their own, unless they happen to look like a time.
alter table audit_event rename to audit_event_whole;
drop index audit_event_correlation, audit_event_key, audit_event_type, audit_event_name, audit_event_account;
alter table audit_event_whole rename constraint audit_event_pkey to audit_event_whole_pkey;

create table audit_event (
    event_id       uuid        primary key,
    topic          text        not null,
    key            text        not null,
    type           text        not null,
    name           text        not null,
    source         text        not null,
    correlation_id text        not null,
    causation_id   text,
    traceparent    text,
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null,
    annotations    jsonb       not null,
    payload        bytea       not null,
    chain          text        not null,
    position       bigint      not null check (position >= 1),
    hash           bytea       not null check (octet_length(hash) = 32)
) partition by range (event_id);

create index audit_event_correlation on audit_event (left(correlation_id, 200), event_id);
create index audit_event_key on audit_event (left(key, 200), event_id);
create index audit_event_type on audit_event (left(type, 200), event_id);
create index audit_event_name on audit_event (left(name, 200), event_id);
-- No two records have one place: the chain's end, which is locked and only grows, gives each place once.
create index audit_event_place on audit_event (chain, position);
create index audit_event_account
    on audit_event (substring(encode(payload, 'escape') from '"userId"\s*:\s*"([0-9a-f-]{36})"'), event_id)
    where topic = 'payments';

revoke update, delete, truncate on audit_event from current_user;
create trigger audit_event_is_append_only
    before update or delete or truncate on audit_event
    for each statement execute function audit_is_append_only();

-- A part can be named instead of the whole, so it is guarded likewise.
create function audit_guard(part text) returns void language plpgsql as $$
begin
    execute format('revoke update, delete, truncate on %I from current_user', part);
    execute format(
        'create trigger %I before update or delete or truncate on %I
             for each statement execute function audit_is_append_only()', part || '_is_append_only', part);
end
$$;

create table audit_event_other partition of audit_event default;
select audit_guard('audit_event_other');

-- The first id that can be made in a millisecond.
create function audit_first_id(at timestamptz) returns uuid language sql immutable as $$
    select (substr(time, 1, 8) || '-' || substr(time, 9, 4) || '-0000-0000-000000000000')::uuid
    from lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as made (time)
$$;

-- Makes the part for a month; tells whether it was not there before. It is attached when it is ready, so that recording
-- waits for a moment only.
create function audit_make_part(month date) returns boolean language plpgsql as $$
declare
    begins timestamptz := date_trunc('month', month)::timestamp at time zone 'UTC';
    ends   timestamptz := (date_trunc('month', month) + interval '1 month')::timestamp at time zone 'UTC';
    part   text := 'audit_event_' || to_char(month, 'YYYY_MM');
begin
    perform pg_advisory_xact_lock(hashtext('audit_make_part'));
    if to_regclass(part) is not null then
        return false;
    end if;
    execute format('create table %I (like audit_event including defaults including constraints)', part);
    execute format(
        'alter table audit_event attach partition %I for values from (%L) to (%L)',
        part, audit_first_id(begins), audit_first_id(ends));
    perform audit_guard(part);
    return true;
end
$$;

-- Records that are not in the log any more, because their part was detached: how each chain went on there.
create table audit_detached (
    part        text        not null,
    chain       text        not null,
    first       bigint      not null,
    last        bigint      not null,
    hash        bytea       not null check (octet_length(hash) = 32),
    detached_at timestamptz not null default now(),
    primary key (chain, first)
);
revoke update, delete, truncate on audit_detached from current_user;
create trigger audit_detached_is_append_only
    before update or delete or truncate on audit_detached
    for each statement execute function audit_is_append_only();

-- Takes a part out of the log, and notes how the chains went on in it; returns how many records are in it. It stays in the
-- database as a table of its own, guarded as before, to be dumped and dropped.
create function audit_detach_part(part text) returns bigint language plpgsql as $$
declare
    records bigint;
begin
    if not exists (select from pg_inherits where inhrelid = to_regclass(part) and inhparent = 'audit_event'::regclass) then
        raise invalid_parameter_value using message = format('%s is no part of audit_event.', part);
    end if;
    execute format($part$
        insert into audit_detached (part, chain, first, last, hash)
        select %1$L, chain, min(position), max(position), (array_agg(hash order by position desc))[1]
        from (select chain, position, hash, position - row_number() over (partition by chain order by position) as run
            from %1$I) placed
        group by chain, run $part$, part);
    execute format('alter table audit_event detach partition %I', part);
    execute format('select count(*) from %I', part) into records;
    return records;
end
$$;

-- What was recorded before goes where it belongs.
select audit_make_part(month::date)
from (
    select distinct date_trunc('month', occurred_at at time zone 'UTC') as month from audit_event_whole
    where occurred_at between '2020-01-01' and now() + interval '1 month'
    union select date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead)
    from generate_series(0, 2) as ahead) months;
insert into audit_event select * from audit_event_whole;
drop table audit_event_whole;
