-- Each reservation is changed once, soon after it was made: where its page has room for that, no index is written to.
alter table reservation set (fillfactor = 70);
