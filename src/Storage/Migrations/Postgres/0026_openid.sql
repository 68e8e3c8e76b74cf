-- Sessions of people whom an issuer signs in, and the keys of cookies, which all gateways share.
ALTER TABLE sessions ADD COLUMN issuer_sid text COLLATE "C";
ALTER TABLE sessions ADD COLUMN renew_at bigint;
ALTER TABLE sessions ADD COLUMN grant_body text;
CREATE INDEX sessions_issuer ON sessions (issuer_sid);
CREATE INDEX sessions_renewal ON sessions (renew_at);
CREATE TABLE key_ring (
    number bigint PRIMARY KEY,
    body text NOT NULL
);
