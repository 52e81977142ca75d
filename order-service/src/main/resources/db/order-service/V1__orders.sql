create table orders (
    id          uuid        primary key,
    user_id     uuid        not null,
    status      text        not null,
    fulfilment  text        not null,
    total_minor bigint      not null,
    currency    text        not null,
    reason      text,
    placed_at   timestamptz not null,
    ended_at    timestamptz,
    version     bigint      not null
);
create index orders_of_user on orders (user_id, id);

create table order_line (
    order_id         uuid   not null references orders (id),
    position         int    not null,
    sku              text   not null,
    quantity         int    not null check (quantity > 0),
    unit_price_minor bigint not null,
    primary key (order_id, position)
);

-- What a caller has asked for under a key, so that asking again places no second order.
create table idempotency_key (
    key         text        primary key,
    fingerprint text        not null,
    order_id    uuid        not null,
    created_at  timestamptz not null default now()
);

-- Our own copies of what others told us.
create table known_user (
    user_id uuid primary key
);

create table product_copy (
    sku         text   primary key,
    name        text   not null,
    price_minor bigint not null,
    currency    text   not null
);
