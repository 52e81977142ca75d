-- Mails to the operators are taken first: they are few, and must not be searched for among all that users wait for.
create index email_to_operators_due on email (next_attempt_at) where status = 'PENDING' and user_id is null;
