-- Roles and the database, run once by a superuser; again does no harm:
--   psql -v owner_password=… -v reader_password=… -f deploy/postgres/roles.sql
--
-- gridmesh owns everything and is what silos, gateways and the verbs sign in with. It needs to own the tables: tracks
-- get a partition a day and lose old ones, so a role that may only read and write rows is not enough.
-- gridmesh_reader may read everything and change nothing: reports, dashboards, whoever wants to look.
\set ON_ERROR_STOP on

SELECT 'CREATE ROLE gridmesh LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gridmesh') \gexec
SELECT 'CREATE ROLE gridmesh_reader LOGIN'
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gridmesh_reader') \gexec
ALTER ROLE gridmesh NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'owner_password';
ALTER ROLE gridmesh_reader NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'reader_password';

-- A transaction that somebody forgot holds up vacuum; GridMesh's own never wait for anybody.
ALTER ROLE gridmesh SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE gridmesh_reader SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE gridmesh_reader SET statement_timeout = '60s';
ALTER ROLE gridmesh_reader SET default_transaction_read_only = on;

SELECT 'CREATE DATABASE gridmesh OWNER gridmesh ENCODING ''UTF8'' TEMPLATE template0'
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'gridmesh') \gexec
REVOKE ALL ON DATABASE gridmesh FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE gridmesh TO gridmesh;
GRANT CONNECT ON DATABASE gridmesh TO gridmesh_reader;

\connect gridmesh
ALTER SCHEMA public OWNER TO gridmesh;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO gridmesh_reader;
-- What is there, and what migrations will make.
GRANT SELECT ON ALL TABLES IN SCHEMA public TO gridmesh_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE gridmesh IN SCHEMA public GRANT SELECT ON TABLES TO gridmesh_reader;
