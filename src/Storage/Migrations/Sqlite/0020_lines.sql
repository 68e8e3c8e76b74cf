-- Lines of work that were called to a case besides its own, as bits, the first line the lowest one.
ALTER TABLE cases ADD COLUMN also_lines INTEGER NOT NULL DEFAULT 0;
