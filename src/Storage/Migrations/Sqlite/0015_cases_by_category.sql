-- The public asks for single categories of ninety days: without this a rare one would be looked for in all of them.
CREATE INDEX IF NOT EXISTS cases_by_category ON cases (category, reported_at, number);
