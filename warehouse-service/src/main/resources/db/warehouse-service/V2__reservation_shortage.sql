-- What was missing for an order that was rejected, so that it can be told again.
create table reservation_shortage (
    order_id  uuid not null references reservation (order_id),
    position  int  not null,
    sku       text not null,
    requested int  not null,
    available int  not null,
    primary key (order_id, position)
);
