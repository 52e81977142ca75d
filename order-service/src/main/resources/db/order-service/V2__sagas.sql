-- How far the orchestration of an order has come. The deadline of the answer that it waits for stands here, so that it is
-- kept whoever is restarted.
create table saga (
    order_id uuid        primary key references orders (id),
    step     text        not null,
    attempts int         not null,
    deadline timestamptz,
    reason   text,
    version  bigint      not null
);
create index saga_waiting on saga (deadline) where deadline is not null;

create table saga_step (
    order_id uuid        not null references saga (order_id),
    position int         not null,
    step     text        not null,
    began_at timestamptz not null,
    attempts int         not null,
    primary key (order_id, position)
);
