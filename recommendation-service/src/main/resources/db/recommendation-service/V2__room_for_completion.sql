-- Each copy is changed twice, soon after it was made: in its own page that writes to no index, and leaves nothing to vacuum.
alter table order_copy set (fillfactor = 70);
