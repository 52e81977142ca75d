-- One row a wallet: where its stream of events ends. Its lock and its version put the appends in order.
create table wallet_stream (
    stream_id  uuid        primary key,
    version    bigint      not null check (version > 0),
    changed_at timestamptz not null
);

-- What happened to the wallets: never changed, only added to.
create table wallet_event (
    stream_id   uuid        not null,
    version     bigint      not null,
    event_id    uuid        not null,
    type        text        not null,
    payload     jsonb       not null,
    recorded_at timestamptz not null,
    primary key (stream_id, version)
);

-- What the wallets came to. It follows from the events: delete it whenever the form of the state changes.
create table wallet_snapshot (
    stream_id uuid        not null,
    version   bigint      not null,
    state     jsonb       not null,
    taken_at  timestamptz not null,
    primary key (stream_id, version)
);

-- One row an order that was paid, could not be paid, or was canceled before it was to be paid.
create table payment (
    order_id     uuid        primary key,
    user_id      uuid        not null,
    status       text        not null,
    amount_minor bigint,
    currency     text,
    fulfilment   text,
    reason       text,
    created_at   timestamptz not null default clock_timestamp(),
    updated_at   timestamptz not null default clock_timestamp()
);
