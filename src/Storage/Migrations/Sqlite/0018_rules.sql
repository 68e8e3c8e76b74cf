-- Rules change while everything runs: who brought a version of the directory, and what was new in it.
ALTER TABLE directory_versions ADD COLUMN saved_by TEXT;
ALTER TABLE directory_versions ADD COLUMN what TEXT;
-- When the clock has to do with a case that is overdue already: the next rung of its ladder.
ALTER TABLE cases ADD COLUMN rung_at INTEGER;
