-- Whether handlers that do something outside are called in a replay too.
alter table replay add column effects boolean not null default false;
