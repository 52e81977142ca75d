-- What the stream has come to, so that who is about to change it need not read what happened. It follows from the events,
-- as snapshots do, and counts only while it is of the stream's own version: set it to null whenever the form of the state
-- changes. A row has room to be changed in its page.
alter table wallet_stream
    add column state         jsonb,
    add column state_version bigint;
alter table wallet_stream set (fillfactor = 50);
