-- Photos of cases by the SHA-256 of their content, with a small JPEG of each.
CREATE TABLE evidence (
    hash text COLLATE "C" PRIMARY KEY,
    media_type text NOT NULL,
    bytes bytea NOT NULL,
    thumbnail bytea NOT NULL
);
ALTER TABLE evidence ALTER COLUMN bytes SET STORAGE EXTERNAL;
