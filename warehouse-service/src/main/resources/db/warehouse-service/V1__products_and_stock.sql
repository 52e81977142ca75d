create table product (
    sku         text        primary key,
    name        text        not null,
    category    text        not null,
    price_minor bigint      not null check (price_minor >= 0),
    currency    text        not null,
    listed_at   timestamptz not null,
    version     bigint      not null
);

-- What was received is on hand, reserved or shipped: nothing else can become of it.
create table stock (
    sku      text   primary key references product (sku),
    on_hand  bigint not null check (on_hand >= 0),
    reserved bigint not null check (reserved >= 0),
    shipped  bigint not null check (shipped >= 0),
    received bigint not null,
    version  bigint not null,
    check (on_hand + reserved + shipped = received)
);

create table reservation (
    order_id   uuid        primary key,
    status     text        not null,
    fulfilment text,
    changed_at timestamptz not null,
    version    bigint      not null
);

create table reservation_line (
    order_id uuid not null references reservation (order_id),
    sku      text not null,
    quantity int  not null check (quantity > 0),
    primary key (order_id, sku)
);
