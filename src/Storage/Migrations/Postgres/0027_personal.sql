-- What is personal in facts is sealed with a key a subject and part (0 who it is, 1 what was written), and gone with it.
CREATE TABLE personal_keys (
    id text COLLATE "C" PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    part smallint NOT NULL,
    key text NOT NULL
);
CREATE INDEX personal_keys_stream ON personal_keys (stream, subject);
CREATE INDEX personal_keys_contact ON personal_keys (stream) WHERE part = 0;
-- By what a subject is found again: keyed hashes of names and numbers.
CREATE TABLE personal_names (
    hash text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    is_author smallint NOT NULL,
    PRIMARY KEY (hash, stream, subject, is_author)
);
CREATE INDEX personal_names_stream ON personal_names (stream, subject);
