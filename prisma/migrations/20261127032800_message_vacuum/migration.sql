-- Each message is written three times and then lies still. What is tidied up only when a fifth of the
-- table has changed would, in a large one, lie for weeks in the index before what waits.
ALTER TABLE "message" SET (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 10000,
  vacuum_index_cleanup = on
);
