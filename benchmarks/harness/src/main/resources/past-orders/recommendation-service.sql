insert into shopper (user_id, revision)
select pg_temp.customer_id(customer), 1 from generate_series(1, ${customers}) as customer;

insert into recommendations (user_id, items, calculated_at)
select pg_temp.customer_id(customer), '[]', pg_temp.placed_at(${orders})
from generate_series(1, ${customers}) as customer;

insert into order_copy (order_id, user_id, skus, completed)
select pg_temp.order_id(number), pg_temp.customer_of(number), array[pg_temp.sku_of(number)], true
from generate_series(1, ${orders}) as number;

insert into purchase (user_id, sku)
select pg_temp.customer_of(number), pg_temp.sku_of(number) from generate_series(1, ${orders}) as number;

insert into item_count (sku, orders)
select pg_temp.sku_of(number), count(*) from generate_series(1, ${orders}) as number group by 1
on conflict (sku) do update set orders = item_count.orders + excluded.orders;

insert into inbox (event_id) select pg_temp.id_of('00a', number) from generate_series(1, ${orders}) as number;
