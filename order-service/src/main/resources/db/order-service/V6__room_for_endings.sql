-- Each order is changed once, soon after it was placed: where its page has room for that, no index is written to.
alter table orders set (fillfactor = 70);
