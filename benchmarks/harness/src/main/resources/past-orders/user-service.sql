insert into users (id, email, given_name, family_name, created_at, version, profile_revision)
select pg_temp.customer_id(customer), 'former.' || customer || '@example.org', 'Former',
    translate(lpad(customer::text, 9, '0'), '0123456789', 'abcdefghij'), pg_temp.placed_at(0), 1, 1
from generate_series(1, ${customers}) as customer;
