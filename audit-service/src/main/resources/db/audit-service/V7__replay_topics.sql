-- What the target hears; empty if that is not known, and all is sent.
alter table replay add column topics text[] not null default '{}';
