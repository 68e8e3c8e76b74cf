CREATE TABLE directory_versions (
    version INTEGER PRIMARY KEY,
    saved_at INTEGER NOT NULL
) STRICT;

-- One row a kind of entry: gzip of a JSON array.
CREATE TABLE directory_parts (
    version INTEGER NOT NULL REFERENCES directory_versions (version),
    kind TEXT NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (version, kind)
) STRICT;
