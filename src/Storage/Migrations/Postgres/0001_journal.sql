-- Facts, append only. Times are UTC ticks (100 ns since 0001-01-01). Part 0 is the first fact of a command, and the
-- only one whose command id must be unique.
CREATE TABLE facts (
    seq bigint PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    command_id uuid NOT NULL,
    part smallint NOT NULL,
    district text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    author text COLLATE "C" NOT NULL,
    payload bytea NOT NULL,
    writer smallint NOT NULL,
    link bigint NOT NULL,
    hash bytea NOT NULL
);
CREATE UNIQUE INDEX facts_stream_version ON facts (stream, version);
CREATE UNIQUE INDEX facts_command ON facts (command_id) WHERE part = 0;

-- The end of each hash chain: a writer's facts of a district, numbered by link from 1.
CREATE TABLE chain_heads (
    district text COLLATE "C" NOT NULL,
    writer smallint NOT NULL,
    link bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (district, writer)
);

CREATE TABLE counters (
    name text COLLATE "C" PRIMARY KEY,
    value bigint NOT NULL
);
INSERT INTO counters (name, value) VALUES ('health', 0);

-- Set under the journal's lock, so that sequence order is commit order.
CREATE SEQUENCE facts_seq;
