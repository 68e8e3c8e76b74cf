-- Accounts of our own and where they are signed in; tokens that were issued, and those that were called back.
CREATE TABLE accounts (
    name text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,
    body text NOT NULL
);
CREATE TABLE sessions (
    id text COLLATE "C" PRIMARY KEY,
    account text COLLATE "C" NOT NULL,
    secret_hash bytea NOT NULL,
    former_hash bytea,
    created_at bigint NOT NULL,
    renewed_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    origin text NOT NULL
);
CREATE INDEX sessions_account ON sessions (account, renewed_at);
CREATE TABLE tokens (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    ends_at bigint NOT NULL,
    body text NOT NULL
);
CREATE TABLE revocations (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    at bigint NOT NULL,
    ends_at bigint NOT NULL
);
CREATE INDEX revocations_end ON revocations (ends_at);
