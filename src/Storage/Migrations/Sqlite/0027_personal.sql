-- What is personal in facts is sealed with a key a subject and part (0 who it is, 1 what was written), and gone with it.
CREATE TABLE personal_keys (
    id TEXT PRIMARY KEY,
    stream TEXT NOT NULL,
    subject TEXT NOT NULL,
    part INTEGER NOT NULL,
    key TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX personal_keys_stream ON personal_keys (stream, subject);
CREATE INDEX personal_keys_contact ON personal_keys (stream) WHERE part = 0;
-- By what a subject is found again: keyed hashes of names and numbers.
CREATE TABLE personal_names (
    hash TEXT NOT NULL,
    stream TEXT NOT NULL,
    subject TEXT NOT NULL,
    is_author INTEGER NOT NULL,
    PRIMARY KEY (hash, stream, subject, is_author)
) STRICT, WITHOUT ROWID;
CREATE INDEX personal_names_stream ON personal_names (stream, subject);
