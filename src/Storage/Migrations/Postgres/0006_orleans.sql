-- What the AdoNet providers of Orleans ask of a database, in our own words. They know nothing but the texts in
-- orleansquery: parameters go in and columns come out by the names that the providers document.
CREATE TABLE orleansquery (
    querykey text COLLATE "C" PRIMARY KEY,
    querytext text NOT NULL
);

-- Clustering. One row a cluster, its version the count of changes; one row for each life of a silo.
CREATE TABLE clusters (
    id text COLLATE "C" PRIMARY KEY,
    version integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE silos (
    cluster text COLLATE "C" NOT NULL REFERENCES clusters (id),
    address text COLLATE "C" NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    name text COLLATE "C" NOT NULL,
    host text COLLATE "C" NOT NULL,
    status integer NOT NULL,
    proxy_port integer,
    suspected_by text COLLATE "C",
    started_at timestamptz NOT NULL,
    alive_at timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);

-- A change counts only over the version that was read; the row of the cluster is the lock.
CREATE FUNCTION cluster_advance(of_cluster text, read_version integer) RETURNS boolean LANGUAGE plpgsql AS $body$
BEGIN
    UPDATE clusters SET version = version + 1, changed_at = now() WHERE id = of_cluster AND version = read_version;
    RETURN found;
END
$body$;

-- A silo that is there already violates the key, which undoes the advance as well.
CREATE FUNCTION silo_join(
    of_cluster text, at_address text, at_port integer, of_generation integer, is_named text, on_host text,
    has_status integer, for_clients integer, since timestamptz, seen_at timestamptz, read_version integer)
RETURNS integer LANGUAGE plpgsql AS $body$
BEGIN
    IF NOT cluster_advance(of_cluster, read_version) THEN
        RETURN 0;
    END IF;
    INSERT INTO silos
        (cluster, address, port, generation, name, host, status, proxy_port, started_at, alive_at)
    VALUES
        (of_cluster, at_address, at_port, of_generation, is_named, on_host, has_status, for_clients, since, seen_at);
    RETURN 1;
END
$body$;

CREATE FUNCTION silo_change(
    of_cluster text, at_address text, at_port integer, of_generation integer, has_status integer, suspects text,
    seen_at timestamptz, read_version integer)
RETURNS integer LANGUAGE plpgsql AS $body$
BEGIN
    IF NOT cluster_advance(of_cluster, read_version) THEN
        RETURN 0;
    END IF;
    UPDATE silos SET status = has_status, suspected_by = suspects, alive_at = seen_at
    WHERE cluster = of_cluster AND address = at_address AND port = at_port AND generation = of_generation;
    IF NOT found THEN
        RAISE EXCEPTION 'silo %:%@% is not in cluster %', at_address, at_port, of_generation, of_cluster;
    END IF;
    RETURN 1;
END
$body$;

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $query$
    WITH made AS (INSERT INTO clusters (id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM made
$query$),
('InsertMembershipKey', $query$
    SELECT silo_join(@DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort,
        @StartTime, @IAmAliveTime, @Version)
$query$),
('UpdateMembershipKey', $query$
    SELECT silo_change(@DeploymentId, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime, @Version)
$query$),
('UpdateIAmAlivetimeKey', $query$
    UPDATE silos SET alive_at = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$query$),
('MembershipReadRowKey', $query$
    SELECT c.id AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation,
        s.name AS SiloName, s.host AS HostName, s.status AS Status, s.proxy_port AS ProxyPort,
        s.suspected_by AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime, c.version AS Version
    FROM clusters c LEFT JOIN silos s
        ON s.cluster = c.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    WHERE c.id = @DeploymentId
$query$),
('MembershipReadAllKey', $query$
    SELECT c.id AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation,
        s.name AS SiloName, s.host AS HostName, s.status AS Status, s.proxy_port AS ProxyPort,
        s.suspected_by AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime, c.version AS Version
    FROM clusters c LEFT JOIN silos s ON s.cluster = c.id
    WHERE c.id = @DeploymentId
$query$),
('GatewaysQueryKey', $query$
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM silos
    WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0
$query$),
-- Only lives that have ended (status 6, dead) are forgotten.
('CleanupDefunctSiloEntriesKey', $query$
    DELETE FROM silos WHERE cluster = @DeploymentId AND alive_at < @IAmAliveTime AND status = 6
$query$),
('DeleteMembershipTableEntriesKey', $query$
    WITH gone AS (DELETE FROM silos WHERE cluster = @DeploymentId)
    DELETE FROM clusters WHERE id = @DeploymentId
$query$);

-- Reminders: the table of the embedded engine, so that either engine goes on with what the other has set. Orleans finds
-- its share by the hash of the grain, which only it can compute: rows without one get theirs when a silo starts.
ALTER TABLE reminders ADD COLUMN version integer NOT NULL DEFAULT 0;
ALTER TABLE reminders ADD COLUMN grain_hash integer;
CREATE INDEX reminders_hash ON reminders (grain_hash);

-- Ticks of 100 ns since the year 1, as everywhere in this database.
CREATE FUNCTION ticks(moment timestamptz) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
RETURN 621355968000000000 + (extract(epoch FROM moment) * 10000000)::bigint;

CREATE FUNCTION moment(ticks bigint) RETURNS timestamptz IMMUTABLE STRICT LANGUAGE sql
RETURN timestamptz '1970-01-01 00:00:00+00' + ((ticks - 621355968000000000) / 10) * interval '1 microsecond';

-- A grain is named type/key by Orleans; a key may hold a slash, a type may not.
CREATE FUNCTION grain_type_of(grain text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
RETURN left(grain, strpos(grain, '/') - 1);

CREATE FUNCTION grain_key_of(grain text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
RETURN substr(grain, strpos(grain, '/') + 1);

CREATE VIEW orleans_reminders AS
SELECT grain_type || '/' || key AS GrainId, name AS ReminderName, moment(first_due) AS StartTime,
    period / 10000 AS Period, version AS Version, grain_type, key, grain_hash
FROM reminders;

INSERT INTO orleansquery (querykey, querytext) VALUES
('UpsertReminderRowKey', $query$
    INSERT INTO reminders AS r (grain_type, key, name, first_due, period, grain_hash)
    VALUES (grain_type_of(@GrainId), grain_key_of(@GrainId), @ReminderName, ticks(@StartTime),
        @Period::bigint * 10000, @GrainHash)
    ON CONFLICT (grain_type, key, name) DO UPDATE SET first_due = excluded.first_due, period = excluded.period,
        grain_hash = excluded.grain_hash, version = r.version + 1
    RETURNING version AS Version
$query$),
('ReadReminderRowsKey', $query$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM orleans_reminders
    WHERE grain_type = grain_type_of(@GrainId) AND key = grain_key_of(@GrainId)
$query$),
('ReadReminderRowKey', $query$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM orleans_reminders
    WHERE grain_type = grain_type_of(@GrainId) AND key = grain_key_of(@GrainId) AND ReminderName = @ReminderName
$query$),
('ReadRangeRows1Key', $query$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM orleans_reminders
    WHERE grain_hash > @BeginHash AND grain_hash <= @EndHash
$query$),
-- The range that goes over the end of the ring.
('ReadRangeRows2Key', $query$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM orleans_reminders
    WHERE grain_hash > @BeginHash OR grain_hash <= @EndHash
$query$),
('DeleteReminderRowKey', $query$
    WITH gone AS (
        DELETE FROM reminders WHERE grain_type = grain_type_of(@GrainId) AND key = grain_key_of(@GrainId)
            AND name = @ReminderName AND version = @Version
        RETURNING 1)
    SELECT count(*)::integer FROM gone
$query$),
('DeleteReminderRowsKey', $query$ DELETE FROM reminders $query$);

-- Persistence for what Orleans itself keeps: who has subscribed to which stream. The state of our own grains is in the
-- table state, on either engine.
CREATE TABLE provider_state (
    service text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    n0 bigint NOT NULL,
    n1 bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    payload bytea,
    version integer NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (service, type, n0, n1, key)
);

-- A write or a removal over another version than the one that was read answers no row, which is the conflict.
INSERT INTO orleansquery (querykey, querytext) VALUES
('ReadFromStorageKey', $query$
    SELECT payload AS PayloadBinary, version AS Version FROM provider_state
    WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
        AND key = coalesce(@GrainIdExtensionString, '')
$query$),
('WriteToStorageKey', $query$
    WITH made AS (
        INSERT INTO provider_state (service, type, n0, n1, key, payload, version, changed_at)
        SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''),
            @PayloadBinary, 1, now()
        WHERE @GrainStateVersion::integer IS NULL
        ON CONFLICT DO NOTHING
        RETURNING version),
    changed AS (
        UPDATE provider_state SET payload = @PayloadBinary, version = version + 1, changed_at = now()
        WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
            AND key = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion::integer
        RETURNING version)
    SELECT version AS NewGrainStateVersion FROM made UNION ALL SELECT version FROM changed
$query$),
('ClearStorageKey', $query$
    UPDATE provider_state SET payload = NULL, version = version + 1, changed_at = now()
    WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
        AND key = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion::integer
    RETURNING version AS NewGrainStateVersion
$query$),
('DeleteStorageKey', $query$
    DELETE FROM provider_state
    WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
        AND key = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion::integer
    RETURNING version + 1 AS NewGrainStateVersion
$query$);
