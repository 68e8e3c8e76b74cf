-- Sessions of people whom an issuer signs in, and the keys of cookies, which all gateways share.
ALTER TABLE sessions ADD COLUMN issuer_sid TEXT;
ALTER TABLE sessions ADD COLUMN renew_at INTEGER;
ALTER TABLE sessions ADD COLUMN grant_body TEXT;
CREATE INDEX sessions_issuer ON sessions (issuer_sid);
CREATE INDEX sessions_renewal ON sessions (renew_at);
CREATE TABLE key_ring (
    number INTEGER NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;
