-- In the order in which they are taken, so that the first few are found without sorting all that are due.
drop index email_due;
create index email_due on email (next_attempt_at, id) where status = 'PENDING';
drop index email_to_operators_due;
create index email_to_operators_due on email (next_attempt_at, id) where status = 'PENDING' and user_id is null;
