-- Positions and door events, a partition for each UTC day; the partitions are made and dropped as days pass.
CREATE TABLE track_points (
    worker text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    lng double precision NOT NULL,
    lat double precision NOT NULL,
    accuracy real,
    PRIMARY KEY (worker, at)
) PARTITION BY RANGE (at);

CREATE TABLE door_records (
    building text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    device text COLLATE "C" NOT NULL,
    PRIMARY KEY (building, at, device)
) PARTITION BY RANGE (at);
