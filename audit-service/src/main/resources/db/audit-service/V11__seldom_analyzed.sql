-- What is in a large table is always of the same kind: new statistics whenever as much has changed as is in it, and not
-- whenever a tenth has, which would change no plan.
alter table flow set (autovacuum_analyze_scale_factor = 1);
alter table undertaking set (autovacuum_analyze_scale_factor = 1);

-- Of the log's parts that holds above all: analyzing them took nearly half of what analyzing all tables of all services did.
-- Nobody looks for a message by the columns named here, so their values need not be weighed at all.
create function audit_analyze_seldom(part text) returns void language plpgsql as $$
begin
    execute format('alter table %I set (autovacuum_analyze_scale_factor = 1)', part);
    execute format(
        'alter table %I alter payload set statistics 0, alter hash set statistics 0, alter annotations set statistics 0,
             alter traceparent set statistics 0, alter causation_id set statistics 0', part);
end
$$;

select audit_analyze_seldom(relname)
from pg_inherits join pg_class part on part.oid = inhrelid
where inhparent = 'audit_event'::regclass;

create or replace function audit_make_part(month date) returns boolean language plpgsql as $$
declare
    begins timestamptz := date_trunc('month', month)::timestamp at time zone 'UTC';
    ends   timestamptz := (date_trunc('month', month) + interval '1 month')::timestamp at time zone 'UTC';
    part   text := 'audit_event_' || to_char(month, 'YYYY_MM');
begin
    perform pg_advisory_xact_lock(hashtext('audit_make_part'));
    if to_regclass(part) is not null then
        return false;
    end if;
    execute format('create table %I (like audit_event including defaults including constraints)', part);
    perform audit_analyze_seldom(part);
    execute format(
        'alter table audit_event attach partition %I for values from (%L) to (%L)',
        part, audit_first_id(begins), audit_first_id(ends));
    perform audit_guard(part);
    return true;
end
$$;
