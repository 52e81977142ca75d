-- What publishers change: their row lock puts the messages of a key in order.
create table notebook (
    id   text primary key,
    page int not null
);

-- What handlers write, in the order in which they do.
create table applied (
    position bigint generated always as identity primary key,
    id       text not null,
    page     int  not null,
    text     text not null
);

-- How often the outbox was written to: once for each statement.
create table outbox_statement (
    position bigint generated always as identity primary key
);
