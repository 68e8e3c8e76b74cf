-- Photos of cases by the SHA-256 of their content, with a small JPEG of each.
CREATE TABLE evidence (
    hash TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    thumbnail BLOB NOT NULL
) STRICT;
