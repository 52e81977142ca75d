-- A price may be heard before the listing: it is kept until then, under no name. A listing is told once and first, so a
-- price change counts more than it, whichever is heard first.
alter table product_copy
    alter column name drop not null,
    add column price_changed boolean not null default false;

-- Whoever was erased is no user any more, also if it is told late that they signed up.
alter table known_user add column erased boolean not null default false;
