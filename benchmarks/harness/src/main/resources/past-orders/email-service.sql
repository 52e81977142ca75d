insert into email (id, user_id, kind, regarding, reason, subject, recipient, status, attempts, next_attempt_at, created_at,
    sent_at, event_id, correlation_id, traceparent)
select pg_temp.id_of('004', number), pg_temp.customer_of(number), 'ORDER_COMPLETED', pg_temp.order_id(number), '',
    'Your order ' || pg_temp.order_id(number) || ' is on its way', 'former@example.org', 'SENT', 1, null,
    pg_temp.placed_at(number), pg_temp.placed_at(number), pg_temp.id_of('00c', number), pg_temp.id_of('005', number),
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
from generate_series(1, ${orders}) as number;

insert into inbox (event_id) select pg_temp.id_of('00c', number) from generate_series(1, ${orders}) as number;
