-- The case list. closed_day is 0 while the case is open. A number begins with the codes of its areas, so an index on
-- the first digits is an index on the area.
CREATE TABLE cases (
    number text COLLATE "C" PRIMARY KEY,
    serial integer NOT NULL,
    version bigint NOT NULL,
    step smallint NOT NULL,
    category text COLLATE "C" NOT NULL,
    line smallint NOT NULL,
    severity smallint NOT NULL,
    source smallint NOT NULL,
    description text COLLATE "C" NOT NULL,
    lng double precision,
    lat double precision,
    reported_at bigint NOT NULL,
    due_at bigint,
    overdue smallint NOT NULL,
    owner text COLLATE "C",
    desk text COLLATE "C" NOT NULL,
    alarm_key text COLLATE "C",
    reported_day integer NOT NULL,
    closed_day integer NOT NULL
);
CREATE INDEX cases_grid_closed ON cases (substr(number, 1, 15), closed_day);
CREATE INDEX cases_grid_reported ON cases (substr(number, 1, 15), reported_day);
CREATE INDEX cases_by_grid ON cases (substr(number, 1, 15), reported_at, number);
CREATE INDEX cases_by_community ON cases (substr(number, 1, 12), reported_at, number);
CREATE INDEX cases_by_town ON cases (substr(number, 1, 9), reported_at, number);
CREATE INDEX cases_by_district ON cases (substr(number, 1, 6), reported_at, number);
CREATE INDEX cases_by_time ON cases (reported_at, number);
CREATE INDEX cases_open ON cases (reported_at, number) WHERE closed_day = 0;

CREATE TABLE duty (
    worker text COLLATE "C" PRIMARY KEY,
    grid text COLLATE "C" NOT NULL,
    on_duty smallint NOT NULL,
    since bigint NOT NULL,
    version bigint NOT NULL
);
CREATE INDEX duty_grid ON duty (grid);
-- Rows are updated far more often than added: leave room beside them, so that most updates touch no index.
ALTER TABLE cases SET (fillfactor = 70);
