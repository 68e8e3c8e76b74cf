-- Who is told of facts, as JSON, and how far in the journal each has come. Dead letters are numbered by their
-- subscription, and a number is never given twice.
CREATE TABLE subscriptions (
    id text COLLATE "C" PRIMARY KEY,
    created_at bigint NOT NULL,
    body text NOT NULL,
    cursor bigint NOT NULL,
    letters bigint NOT NULL
);

CREATE TABLE dead_letters (
    subscription text COLLATE "C" NOT NULL REFERENCES subscriptions (id),
    number bigint NOT NULL,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    event text COLLATE "C" NOT NULL,
    died_at bigint NOT NULL,
    attempts integer NOT NULL,
    error text NOT NULL,
    PRIMARY KEY (subscription, number)
);
