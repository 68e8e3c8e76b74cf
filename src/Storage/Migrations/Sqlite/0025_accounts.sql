-- Accounts of our own and where they are signed in; tokens that were issued, and those that were called back.
CREATE TABLE accounts (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    former_hash BLOB,
    created_at INTEGER NOT NULL,
    renewed_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_account ON sessions (account, renewed_at);
CREATE TABLE tokens (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    ends_at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE revocations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX revocations_end ON revocations (ends_at);
