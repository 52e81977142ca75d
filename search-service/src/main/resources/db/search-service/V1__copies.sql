-- Our own copies of what others told us, and the words under which each is found.

create table user_copy (
    user_id     uuid     primary key,
    given_name  text     not null,
    family_name text     not null,
    interests   text[]   not null,
    -- of the profile that this is a copy of: what is older comes late and changes nothing
    revision    bigint   not null,
    words       tsvector not null
);
create index user_copy_words on user_copy using gin (words);

create table product_copy (
    sku           text     primary key,
    -- null until we have heard of the listing: a price may come first
    name          text,
    category      text,
    price_minor   bigint   not null,
    currency      text     not null,
    -- whether it is from a price change, which always comes after the listing, in whatever order we hear of them
    price_changed boolean  not null,
    words         tsvector not null default ''
);
create index product_copy_words on product_copy using gin (words);
