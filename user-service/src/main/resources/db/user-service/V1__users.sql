create table users (
    id          uuid        primary key,
    email       text        not null,
    given_name  text        not null,
    family_name text        not null,
    created_at  timestamptz not null,
    version     bigint      not null
);

-- One address is one user, however it is capitalised.
create unique index users_email on users (lower(email));
