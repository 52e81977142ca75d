create or replace function count_statement() returns trigger language plpgsql as
$$ begin insert into outbox_statement default values; return null; end $$;

create or replace trigger count_statements after insert on outbox for each statement execute function count_statement();
