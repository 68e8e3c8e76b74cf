CREATE SEQUENCE state_etag;

CREATE TABLE state (
    name text COLLATE "C" NOT NULL,
    grain_type text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    payload bytea NOT NULL,
    etag bigint NOT NULL,
    PRIMARY KEY (name, grain_type, key)
);

-- first_due and period are ticks of 100 ns.
CREATE TABLE reminders (
    grain_type text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    first_due bigint NOT NULL,
    period bigint NOT NULL,
    PRIMARY KEY (grain_type, key, name)
);

ALTER TABLE state SET (fillfactor = 70);
