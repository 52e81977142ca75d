-- Each reservation is changed once, soon after it was made: in its own page that writes to no index, and leaves nothing to vacuum.
alter table reservation set (fillfactor = 70);
