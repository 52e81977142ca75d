-- What users say of themselves beside their name. The revision counts the changes of a profile from 1: nothing has
-- changed yet in those that there are.
alter table users
    add column interests        text[] not null default '{}',
    add column profile_revision bigint not null default 0;
