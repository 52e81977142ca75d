-- How much there was of something in a minute, an hour or a day: events, or minor units of a currency.
create table count_bucket (
    width  text        not null check (width in ('MINUTE', 'HOUR', 'DAY')),
    metric text        not null,
    start  timestamptz not null,
    amount bigint      not null,
    primary key (width, metric, start)
);

-- How many orders took how long, by the slots of DurationHistogram. Histograms can be added up; percentiles can't.
create table duration_bucket (
    width  text        not null check (width in ('MINUTE', 'HOUR', 'DAY')),
    start  timestamptz not null,
    slot   int         not null,
    amount bigint      not null,
    primary key (width, start, slot)
);

-- Orders of which only the beginning is known; or only the end, if it was heard first.
create table open_order (
    order_id    uuid primary key,
    placed_at   timestamptz,
    minor_units bigint,
    currency    text,
    ended_at    timestamptz,
    completed   boolean,
    check ((placed_at is null) <> (ended_at is null)),
    check ((placed_at is null) = (minor_units is null) and (placed_at is null) = (currency is null)),
    check ((ended_at is null) = (completed is null))
);
create index open_order_placed_at on open_order (placed_at) where placed_at is not null;

-- What each rule remembers, so that a restart raises nothing twice.
create table alert_rule (
    rule       text primary key,
    -- The alert of the incident that is under way; null if there is none.
    alert_id   uuid,
    -- Since when all is well again; null if it is not, or if there is no incident.
    calm_since timestamptz,
    check (alert_id is not null or calm_since is null)
);

create table alert (
    alert_id  uuid        primary key,
    rule      text        not null,
    severity  text        not null,
    evidence  text        not null,
    raised_at timestamptz not null,
    ended_at  timestamptz
);
