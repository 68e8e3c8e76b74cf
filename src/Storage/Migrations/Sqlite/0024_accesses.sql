-- Who read what of people: append only, and what is old enough goes.
CREATE TABLE accesses (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    sub TEXT NOT NULL,
    role TEXT NOT NULL,
    kind TEXT NOT NULL,
    area TEXT NOT NULL,
    subject TEXT NOT NULL
) STRICT;
CREATE INDEX accesses_at ON accesses (at);
CREATE INDEX accesses_sub ON accesses (sub, number);
CREATE INDEX accesses_subject ON accesses (subject, number);
