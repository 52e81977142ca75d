-- What the services' scripts have in common. Order number 1 was placed ${pause} ms after the begin, and so on; customers
-- take turns. The ids are of the form of UUIDv7, with the number at the end: PastOrders knows them too.
create function pg_temp.placed_at(number bigint) returns timestamptz immutable language sql
    return to_timestamp((${begin} + number * ${pause}) / 1000.0);

create function pg_temp.id(millis bigint, kind text, number bigint) returns uuid immutable language sql
    return (lpad(to_hex(millis), 12, '0') || '7000' || kind || lpad(to_hex(number), 12, '0'))::uuid;

create function pg_temp.customer_id(customer bigint) returns uuid immutable language sql
    return pg_temp.id(${begin}, '8001', customer);

create function pg_temp.customer_of(number bigint) returns uuid immutable language sql
    return pg_temp.customer_id(1 + number % ${customers});

create function pg_temp.order_id(number bigint) returns uuid immutable language sql
    return pg_temp.id(${begin} + number * ${pause}, '8002', number);

-- An id of something else that an order has, such as its flow, its mail or one of its messages.
create function pg_temp.id_of(what text, number bigint) returns uuid immutable language sql
    return pg_temp.id(${begin} + number * ${pause}, '8' || what, number);

-- A customer buys ten different products.
create function pg_temp.sku_of(number bigint) returns text immutable language sql
    return 'product-' || 1 + (number / ${customers} + number) % 50;
