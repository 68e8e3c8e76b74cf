-- Facts, append only. Times are UTC ticks (100 ns since 0001-01-01). Part 0 is the first fact of a command, and the
-- only one whose command id must be unique.
CREATE TABLE facts (
    seq INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    command_id BLOB NOT NULL,
    part INTEGER NOT NULL,
    district TEXT NOT NULL,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    payload BLOB NOT NULL,
    writer INTEGER NOT NULL,
    link INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX facts_stream_version ON facts (stream, version);
CREATE UNIQUE INDEX facts_command ON facts (command_id) WHERE part = 0;

-- The end of each hash chain: a writer's facts of a district, numbered by link from 1.
CREATE TABLE chain_heads (
    district TEXT NOT NULL,
    writer INTEGER NOT NULL,
    link INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (district, writer)
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('health', 0), ('state_etag', 0);
