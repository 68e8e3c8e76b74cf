-- Who is told of facts, as JSON, and how far in the journal each has come. Dead letters are numbered by their
-- subscription, and a number is never given twice.
CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    letters INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dead_letters (
    subscription TEXT NOT NULL REFERENCES subscriptions (id),
    number INTEGER NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    event TEXT NOT NULL,
    died_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (subscription, number)
) STRICT, WITHOUT ROWID;
