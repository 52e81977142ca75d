-- Messages of the past that are told to one service again.
create table replay (
    replay_id      uuid        primary key,
    target         text        not null,
    -- Whether the target is wiped and made again from all there is.
    rebuild        boolean     not null,
    types          text[]      not null,
    keys           text[]      not null,
    correlation_id text,
    from_time      timestamptz,
    to_time        timestamptz,
    -- Messages a second, at most; null for as many as go.
    speed          int,
    phase          text        not null,
    paused         boolean     not null default false,
    -- Of all records: what was looked at so far and, of it, what was sent.
    total          bigint      not null default 0,
    looked_at      bigint      not null default 0,
    sent           bigint      not null default 0,
    created_at     timestamptz not null,
    ended_at       timestamptz
);
-- A service is told one replay at a time.
create unique index replay_under_way on replay (target) where ended_at is null;

-- How far a replay has come in each chain, and where it stops.
create table replay_chain (
    replay_id uuid   not null references replay,
    chain     text   not null,
    position  bigint not null,
    until     bigint not null,
    primary key (replay_id, chain)
);
