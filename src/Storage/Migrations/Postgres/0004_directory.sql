CREATE TABLE directory_versions (
    version integer PRIMARY KEY,
    saved_at bigint NOT NULL
);

-- One row a kind of entry: gzip of a JSON array.
CREATE TABLE directory_parts (
    version integer NOT NULL REFERENCES directory_versions (version),
    kind text COLLATE "C" NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (version, kind)
);
