-- Each copy is changed twice, soon after it was made: where its page has room for that, no index is written to.
alter table order_copy set (fillfactor = 70);
