-- What is set aside for an order never changes, nor does what was missing, and nobody looks for them without the reservation.
-- In tables of their own each line cost one more row, index entry and lock of its reservation, and one more query to read.
alter table reservation add column lines jsonb, add column shortages jsonb;

update reservation set
    lines = coalesce(
        (select jsonb_object_agg(sku, quantity) from reservation_line as line where line.order_id = reservation.order_id),
        '{}'),
    shortages = coalesce(
        (select jsonb_agg(jsonb_build_object('sku', sku, 'requested', requested, 'available', available) order by position)
         from reservation_shortage as shortage where shortage.order_id = reservation.order_id),
        '[]');

alter table reservation alter column lines set not null, alter column shortages set not null;
drop table reservation_line, reservation_shortage;
