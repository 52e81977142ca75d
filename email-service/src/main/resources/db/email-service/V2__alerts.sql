-- Mails to the operators are for no user.
alter table email alter column user_id drop not null;
alter table email add constraint email_for_user_or_operators check ((user_id is null) = (kind = 'ALERT'));
