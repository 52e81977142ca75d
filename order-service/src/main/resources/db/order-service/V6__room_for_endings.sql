-- Each order is changed once, soon after it was placed: in its own page that writes to no index, and leaves nothing to vacuum.
alter table orders set (fillfactor = 70);
