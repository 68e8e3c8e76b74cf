CREATE TABLE state (
    name TEXT NOT NULL,
    grain_type TEXT NOT NULL,
    key TEXT NOT NULL,
    payload BLOB NOT NULL,
    etag INTEGER NOT NULL,
    PRIMARY KEY (name, grain_type, key)
) STRICT;

-- first_due and period are ticks of 100 ns.
CREATE TABLE reminders (
    grain_type TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    first_due INTEGER NOT NULL,
    period INTEGER NOT NULL,
    PRIMARY KEY (grain_type, key, name)
) STRICT, WITHOUT ROWID;
