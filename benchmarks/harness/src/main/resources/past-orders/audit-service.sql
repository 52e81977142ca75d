-- Of the messages of each order only the first and the last: all of them would take many times as long and as much room.
select audit_make_part(month::date)
from generate_series(date_trunc('month', pg_temp.placed_at(0)), now(), interval '1 month') as month;

insert into audit_event (event_id, topic, key, type, name, source, correlation_id, causation_id, traceparent, occurred_at,
    recorded_at, annotations, payload, chain, position, hash)
select pg_temp.id_of(what, number), 'orders', pg_temp.order_id(number)::text, type, name, '/order-service',
    pg_temp.id_of('005', number)::text, case when what = '00c' then pg_temp.id_of('00b', number)::text end,
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', pg_temp.placed_at(number), pg_temp.placed_at(number), '{}',
    convert_to(format(payload, pg_temp.order_id(number), pg_temp.customer_of(number), pg_temp.sku_of(number)), 'UTF8'),
    'past/' || number % 6, 2 * number + step, decode(repeat('00', 32), 'hex')
from generate_series(1, ${orders}) as number,
    (values ('00b', 0, 'OrderPlaced', 'io.tidings.OrderPlaced.v2',
            '{"orderId":"%s","userId":"%s","lines":[{"sku":"%s","quantity":1,"unitPrice":{"minorUnits":100,"currency":"USD"}}],'
            '"total":{"minorUnits":100,"currency":"USD"},"fulfilment":"CHOREOGRAPHY"}'),
        ('00c', 1, 'OrderCompleted', 'io.tidings.OrderCompleted.v1', '{"orderId":"%s","userId":"%s"}'))
        as message (what, step, name, type, payload);

insert into flow (correlation_id, first_event_id, started_at, last_at, last_name, messages, dead_letters)
select pg_temp.id_of('005', number)::text, pg_temp.id_of('00b', number), pg_temp.placed_at(number),
    pg_temp.placed_at(number), 'OrderCompleted', 2, 0
from generate_series(1, ${orders}) as number;

-- All that was begun has ended: see Obligation.
insert into undertaking (key, correlation_id, begun_at, ended_at, outcome, heard_at, marks)
select pg_temp.order_id(number)::text, pg_temp.id_of('005', number)::text, pg_temp.placed_at(number),
    pg_temp.placed_at(number), 'OrderCompleted', pg_temp.placed_at(number), 15 | (15 << 8)
from generate_series(1, ${orders}) as number;
