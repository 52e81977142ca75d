-- Who was erased: the id alone, so that it can be said that they are gone and nothing is told of them again.
create table erased_user (
    user_id   uuid        primary key,
    erased_at timestamptz not null default now()
);
