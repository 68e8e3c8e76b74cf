-- Cases are also looked for by owner, by category and by any part of their text: an inverted index of the pairs of
-- neighbouring letters of the description.
CREATE FUNCTION gridmesh_pairs(line text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT ARRAY(SELECT substr(line, at, 2) COLLATE "C" FROM generate_series(1, length(line) - 1) AS at) $$;
CREATE INDEX cases_by_owner ON cases (owner, reported_at, number) WHERE owner IS NOT NULL;
CREATE INDEX cases_by_category ON cases (category, reported_at, number);
CREATE INDEX cases_by_pairs ON cases USING gin (gridmesh_pairs(description));
