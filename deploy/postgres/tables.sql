-- Autovacuum for the hot tables, run after "migrate" as gridmesh; again does no harm, later versions keep it:
--   psql -U gridmesh -d gridmesh -f deploy/postgres/tables.sql
\set ON_ERROR_STOP on

-- A handful of rows, rewritten by every group commit or health check: vacuumed by count, not by share.
ALTER TABLE counters SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
ALTER TABLE chain_heads SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Rewritten with every step of a case, every shift, every saved state.
ALTER TABLE cases SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE duty SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
ALTER TABLE state SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
ALTER TABLE reminders SET (autovacuum_vacuum_scale_factor = 0.05);

-- Only ever grows: vacuumed for frozen pages and index-only reads, long before the wraparound forces it.
ALTER TABLE facts SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
