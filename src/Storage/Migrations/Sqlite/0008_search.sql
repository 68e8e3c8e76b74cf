-- Cases are also looked for by owner, by category and by any part of their text. case_words has a row for each case up
-- to the rowid in the counter of its name: the pairs of neighbouring letters of the description, in hexadecimal
-- (CaseWords). They are written many at a time, because each commit of such an index is dear.
CREATE INDEX cases_by_owner ON cases (owner, reported_at, number) WHERE owner IS NOT NULL;
CREATE INDEX cases_by_category ON cases (category, reported_at, number);
CREATE VIRTUAL TABLE case_words USING fts5(words, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
INSERT INTO counters (name, value) VALUES ('case_words', 0);
