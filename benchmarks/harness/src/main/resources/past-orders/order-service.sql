insert into known_user (user_id) select pg_temp.customer_id(customer) from generate_series(1, ${customers}) as customer;

insert into orders (id, user_id, status, fulfilment, lines, total_minor, currency, placed_at, ended_at, version)
select pg_temp.order_id(number), pg_temp.customer_of(number), 'COMPLETED', 'CHOREOGRAPHY',
    jsonb_build_array(jsonb_build_object('sku', pg_temp.sku_of(number), 'quantity', 1, 'unitPriceMinor', 100)), 100, 'USD',
    pg_temp.placed_at(number), pg_temp.placed_at(number) + interval '20 ms', 1
from generate_series(1, ${orders}) as number;

insert into inbox (event_id) select pg_temp.id_of('00a', number) from generate_series(1, ${orders}) as number;
