insert into user_copy (user_id, given_name, family_name, interests, revision, words)
select pg_temp.customer_id(customer), 'Former', name, '{}', 1,
    setweight(to_tsvector('simple', 'former ' || name), 'A')
from generate_series(1, ${customers}) as customer,
    translate(lpad(customer::text, 9, '0'), '0123456789', 'abcdefghij') as name;

insert into inbox (event_id) select pg_temp.id_of('00a', customer) from generate_series(1, ${customers}) as customer;
