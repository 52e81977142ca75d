insert into shipment (order_id, shipment_id, status, fulfilment, changed_at, version)
select pg_temp.order_id(number), pg_temp.id_of('003', number), 'CREATED', 'CHOREOGRAPHY', pg_temp.placed_at(number), 0
from generate_series(1, ${orders}) as number;

insert into inbox (event_id) select pg_temp.id_of('00a', number) from generate_series(1, ${orders}) as number;
