-- The case list. closed_day is 0 while the case is open. A number begins with the codes of its areas, so an index on
-- the first digits is an index on the area.
CREATE TABLE cases (
    number TEXT PRIMARY KEY,
    serial INTEGER NOT NULL,
    version INTEGER NOT NULL,
    step INTEGER NOT NULL,
    category TEXT NOT NULL,
    line INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    source INTEGER NOT NULL,
    description TEXT NOT NULL,
    lng REAL,
    lat REAL,
    reported_at INTEGER NOT NULL,
    due_at INTEGER,
    overdue INTEGER NOT NULL,
    owner TEXT,
    desk TEXT NOT NULL,
    alarm_key TEXT,
    reported_day INTEGER NOT NULL,
    closed_day INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_grid_closed ON cases (substr(number, 1, 15), closed_day);
CREATE INDEX cases_grid_reported ON cases (substr(number, 1, 15), reported_day);
CREATE INDEX cases_by_grid ON cases (substr(number, 1, 15), reported_at, number);
CREATE INDEX cases_by_community ON cases (substr(number, 1, 12), reported_at, number);
CREATE INDEX cases_by_town ON cases (substr(number, 1, 9), reported_at, number);
CREATE INDEX cases_by_district ON cases (substr(number, 1, 6), reported_at, number);
CREATE INDEX cases_by_time ON cases (reported_at, number);
CREATE INDEX cases_open ON cases (reported_at, number) WHERE closed_day = 0;

CREATE TABLE duty (
    worker TEXT PRIMARY KEY,
    grid TEXT NOT NULL,
    on_duty INTEGER NOT NULL,
    since INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_grid ON duty (grid);
