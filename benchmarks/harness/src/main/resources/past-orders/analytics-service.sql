create temporary table past as
select date_trunc('minute', pg_temp.placed_at(number)) as minute, count(*) as orders
from generate_series(1, ${orders}) as number group by 1;

insert into count_bucket (width, metric, start, amount)
select upper(width), metric, date_trunc(width, minute, 'UTC'), sum(orders * units)
from past, unnest(array['minute', 'hour', 'day']) as width,
    (values ('orders-placed', 1), ('inventory-reserved', 1), ('payments-processed', 1), ('shipments-created', 1),
        ('orders-completed', 1), ('revenue.USD', 100)) as counted (metric, units)
group by 1, 2, 3
on conflict (width, metric, start) do update set amount = count_bucket.amount + excluded.amount;

insert into duration_bucket (width, start, slot, amount)
select upper(width), date_trunc(width, minute, 'UTC'), 32, sum(orders)
from past, unnest(array['minute', 'hour', 'day']) as width
group by 1, 2
on conflict (width, start, slot) do update set amount = duration_bucket.amount + excluded.amount;

insert into inbox (event_id) select pg_temp.id_of('00a', number) from generate_series(1, ${orders}) as number;
