-- An order counts when both are known, what was in it and that it was completed: who writes the second of both counts it.
-- So a copy is changed once.
alter table order_copy drop column counted;

-- What is in a large table is always of the same kind: new statistics whenever as much has changed as is in it, and not
-- whenever a tenth has, which would change no plan.
alter table order_copy set (autovacuum_analyze_scale_factor = 1);
