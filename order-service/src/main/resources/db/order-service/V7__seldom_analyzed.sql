-- What is in a large table is always of the same kind: new statistics whenever as much has changed as is in it, and not
-- whenever a tenth has, which would change no plan.
alter table orders set (autovacuum_analyze_scale_factor = 1);
alter table order_line set (autovacuum_analyze_scale_factor = 1);
