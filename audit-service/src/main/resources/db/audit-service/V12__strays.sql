-- A message whose id looks like a time of a month that has no part yet is in audit_event_other, and PostgreSQL makes no part
-- for a month of which something is there. That is found before the part is made, so that recording need not wait for it.
create or replace function audit_make_part(month date) returns boolean language plpgsql as $$
declare
    begins  timestamptz := date_trunc('month', month)::timestamp at time zone 'UTC';
    ends    timestamptz := (date_trunc('month', month) + interval '1 month')::timestamp at time zone 'UTC';
    part    text := 'audit_event_' || to_char(month, 'YYYY_MM');
begin
    perform pg_advisory_xact_lock(hashtext('audit_make_part'));
    if to_regclass(part) is not null then
        return false;
    end if;
    if exists (
            select from audit_event_other
            where event_id >= audit_first_id(begins) and event_id < audit_first_id(ends)) then
        raise object_not_in_prerequisite_state using message = format(
            'Records of %s are in audit_event_other already, and the others of that month go there too, until you call: '
                'select audit_take_in_strays(%L)',
            to_char(month, 'YYYY-MM'), to_char(month, 'YYYY-MM-01'));
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

-- Makes the part for a month all the same, and moves into it what is in audit_event_other of that month; returns how many
-- records that are. Recording waits meanwhile. The chains are as before, since a record keeps its place in its chain.
create function audit_take_in_strays(month date) returns bigint language plpgsql as $$
declare
    begins  timestamptz := date_trunc('month', month)::timestamp at time zone 'UTC';
    ends    timestamptz := (date_trunc('month', month) + interval '1 month')::timestamp at time zone 'UTC';
    records bigint;
begin
    grant delete on audit_event_other to current_user;
    alter table audit_event_other disable trigger user;
    create temporary table stray on commit drop as
        select * from audit_event_other
        where event_id >= audit_first_id(begins) and event_id < audit_first_id(ends);
    delete from audit_event_other where event_id in (select event_id from stray);
    alter table audit_event_other enable trigger user;
    revoke delete on audit_event_other from current_user;
    perform audit_make_part(month);
    insert into audit_event select * from stray;
    get diagnostics records = row_count;
    return records;
end
$$;
