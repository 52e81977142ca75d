-- A wallet is opened, filled, and pays ten orders.
insert into wallet_stream (stream_id, version, changed_at)
select pg_temp.customer_id(customer), 12, pg_temp.placed_at(${orders})
from generate_series(1, ${customers}) as customer;

insert into wallet_event (stream_id, version, event_id, type, payload, recorded_at)
select pg_temp.customer_id(customer), version, pg_temp.id(${begin}, '901' || version, customer), type, payload::jsonb,
    pg_temp.placed_at(0)
from generate_series(1, ${customers}) as customer,
    (values (1, 'AccountOpened', '{"currency":"USD"}'),
        (2, 'MoneyDeposited', '{"amount":{"minorUnits":100000,"currency":"USD"}}')) as first (version, type, payload);

insert into wallet_event (stream_id, version, event_id, type, payload, recorded_at)
select pg_temp.customer_of(number), 3 + (number - 1) / ${customers}, pg_temp.id_of('010', number), 'MoneyWithdrawn',
    jsonb_build_object('amount', '{"minorUnits":100,"currency":"USD"}'::jsonb, 'orderId', pg_temp.order_id(number)),
    pg_temp.placed_at(number)
from generate_series(1, ${orders}) as number;

insert into payment (order_id, user_id, status, amount_minor, currency, fulfilment, created_at, updated_at)
select pg_temp.order_id(number), pg_temp.customer_of(number), 'PROCESSED', 100, 'USD', 'CHOREOGRAPHY',
    pg_temp.placed_at(number), pg_temp.placed_at(number)
from generate_series(1, ${orders}) as number;

insert into inbox (event_id) select pg_temp.id_of('00a', number) from generate_series(1, ${orders}) as number;
