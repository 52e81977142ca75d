-- In a shop that is well no mail waits when its table is analyzed, and PostgreSQL then expects none: it read all that waited,
-- by the index of the status, and sorted it, instead of reading the first few in their order. What is due is now told by its
-- time alone, which only pending mails have, and these are the only indexes of it.
drop index email_due, email_to_operators_due;
create index email_due on email (next_attempt_at, id) where next_attempt_at is not null;
create index email_to_operators_due on email (next_attempt_at, id) where next_attempt_at is not null and user_id is null;

-- So no plan depends on how many waited when the table was analyzed: new statistics whenever as much has changed as is in
-- it, and not whenever a tenth has.
alter table email set (autovacuum_analyze_scale_factor = 1);
