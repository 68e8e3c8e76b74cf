-- Who read what of people: append only, and what is old enough goes.
CREATE TABLE accesses (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at bigint NOT NULL,
    sub text COLLATE "C" NOT NULL,
    role text NOT NULL,
    kind text NOT NULL,
    area text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL
);
CREATE INDEX accesses_at ON accesses (at);
CREATE INDEX accesses_sub ON accesses (sub, number);
CREATE INDEX accesses_subject ON accesses (subject, number);
