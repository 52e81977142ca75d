insert into reservation (order_id, status, fulfilment, changed_at, version)
select pg_temp.order_id(number), 'SHIPPED', 'CHOREOGRAPHY', pg_temp.placed_at(number), 1
from generate_series(1, ${orders}) as number;

insert into reservation_line (order_id, sku, quantity)
select pg_temp.order_id(number), pg_temp.sku_of(number), 1 from generate_series(1, ${orders}) as number;

update stock set received = received + sold.pieces, shipped = shipped + sold.pieces, version = version + 1
from (select pg_temp.sku_of(number) as sku, count(*) as pieces from generate_series(1, ${orders}) as number group by 1) sold
where stock.sku = sold.sku;

insert into inbox (event_id) select pg_temp.id_of('00a', number) from generate_series(1, ${orders}) as number;
