-- Our own copies of what others told us.

create table product_copy (
    sku      text primary key,
    name     text not null,
    category text not null
);
create index product_copy_category on product_copy (lower(category));

-- Everyone we have heard of. The revision is that of the profile that the interests are from: 0 if we have none.
create table shopper (
    user_id   uuid   primary key,
    interests text[] not null default '{}',
    revision  bigint not null default 0
);

-- What an order asked for, and whether it was completed: it counts once we have heard of both, in whatever order.
create table order_copy (
    order_id  uuid    primary key,
    user_id   uuid    not null,
    skus      text[],
    completed boolean not null default false,
    counted   boolean not null default false
);

-- What follows from the completed orders.

create table purchase (
    user_id uuid not null,
    sku     text not null,
    primary key (user_id, sku)
);

-- In how many orders a product was.
create table item_count (
    sku    text   primary key,
    orders bigint not null
);
create index item_count_popular on item_count (orders desc);

-- In how many orders two products were together; each pair is here both ways round.
create table co_purchase (
    sku    text   not null,
    other  text   not null,
    orders bigint not null,
    primary key (sku, other)
);
create index co_purchase_strongest on co_purchase (sku, orders desc);

-- What we recommend to a user, as it was when something of theirs changed last.
create table recommendations (
    user_id       uuid        primary key,
    items         jsonb       not null,
    calculated_at timestamptz not null
);
