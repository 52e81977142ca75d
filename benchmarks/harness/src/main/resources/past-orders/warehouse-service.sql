insert into reservation (order_id, status, fulfilment, lines, shortages, changed_at, version)
select pg_temp.order_id(number), 'SHIPPED', 'CHOREOGRAPHY', jsonb_build_object(pg_temp.sku_of(number), 1), '[]',
    pg_temp.placed_at(number), 1
from generate_series(1, ${orders}) as number;

update stock set received = received + sold.pieces, shipped = shipped + sold.pieces, version = version + 1
from (select pg_temp.sku_of(number) as sku, count(*) as pieces from generate_series(1, ${orders}) as number group by 1) sold
where stock.sku = sold.sku;

insert into inbox (event_id) select pg_temp.id_of('00a', number) from generate_series(1, ${orders}) as number;
