-- The roles of the database, and what holds before the first migration.
--
-- Run as a superuser, connected to the application's own (so far empty) database:
--     createdb vaxtkraft && psql -v ON_ERROR_STOP=1 -d vaxtkraft -f roles.sql
-- Then give each role that may log in a password of its own (\password vaxtkraft_web ...).
-- May be run again at any time, and must be in every copy made with CREATE DATABASE ... TEMPLATE, which
-- does not copy the rights on the database itself. Rights on tables and functions are given by migrations.

BEGIN;

DO $$
BEGIN
    IF current_database() IN ('postgres', 'template0', 'template1') THEN
        RAISE EXCEPTION 'connect to the application''s own database, not to %', current_database();
    END IF;
END
$$;

-- One at a time: two of these scripts at once would both find a role missing, and one would fail.
SELECT pg_advisory_xact_lock(hashtext('vaxtkraft_roles'));

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['owner', 'migrator', 'web', 'survey', 'worker', 'region', 'backup'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'vaxtkraft_' || name) THEN
            EXECUTE format('CREATE ROLE %I', 'vaxtkraft_' || name);
        END IF;
    END LOOP;
END
$$;

-- Owns every table and function, and nobody logs in as it.
ALTER ROLE vaxtkraft_owner NOLOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- Changes the schema: logs in, holds no right itself, and assumes the owner.
ALTER ROLE vaxtkraft_migrator LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- Serves the officials' pages.
ALTER ROLE vaxtkraft_web LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- Takes answers in: executes a few functions of the owner, reads and writes no table.
ALTER ROLE vaxtkraft_survey LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- Runs jobs, and alone reads answers.
ALTER ROLE vaxtkraft_worker LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- Reads aggregates across municipalities.
ALTER ROLE vaxtkraft_region LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- Reads everything for a dump, and can't write.
ALTER ROLE vaxtkraft_backup LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;
ALTER ROLE vaxtkraft_backup SET default_transaction_read_only = on;

GRANT vaxtkraft_owner TO vaxtkraft_migrator WITH INHERIT FALSE, SET TRUE, ADMIN FALSE;
GRANT pg_read_all_data TO vaxtkraft_backup WITH INHERIT TRUE, SET FALSE, ADMIN FALSE;

-- A failed statement must not put the row that failed, or the statement, into the server's log: also where
-- the server itself is set to log more. 'log' leaves out messages of level ERROR ("invalid input: ...").
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['migrator', 'web', 'survey', 'worker', 'region', 'backup'] LOOP
        name := 'vaxtkraft_' || name;
        EXECUTE format('ALTER ROLE %I SET log_min_messages = log', name);
        EXECUTE format('ALTER ROLE %I SET log_error_verbosity = terse', name);
        EXECUTE format('ALTER ROLE %I SET log_min_error_statement = panic', name);
        EXECUTE format('ALTER ROLE %I SET log_statement = none', name);
        EXECUTE format('ALTER ROLE %I SET log_min_duration_statement = -1', name);
        EXECUTE format('ALTER ROLE %I SET log_min_duration_sample = -1', name);
        EXECUTE format('ALTER ROLE %I SET log_duration = off', name);
        EXECUTE format('ALTER ROLE %I SET log_parameter_max_length = 0', name);
        EXECUTE format('ALTER ROLE %I SET log_parameter_max_length_on_error = 0', name);
        EXECUTE format('ALTER ROLE %I SET log_lock_waits = off', name);
    END LOOP;
END
$$;

-- A page that hangs gives its connection back; a job may take its time.
ALTER ROLE vaxtkraft_web SET statement_timeout = '30s';
ALTER ROLE vaxtkraft_web SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE vaxtkraft_survey SET statement_timeout = '10s';
ALTER ROLE vaxtkraft_survey SET idle_in_transaction_session_timeout = '20s';
ALTER ROLE vaxtkraft_region SET statement_timeout = '60s';
ALTER ROLE vaxtkraft_region SET idle_in_transaction_session_timeout = '60s';

-- The database and its schema belong to the owner, and are closed to everyone who is not named.
DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO vaxtkraft_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO vaxtkraft_migrator, vaxtkraft_web, vaxtkraft_survey, vaxtkraft_worker,'
        ' vaxtkraft_region, vaxtkraft_backup', current_database());
END
$$;
ALTER SCHEMA public OWNER TO vaxtkraft_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public
    TO vaxtkraft_web, vaxtkraft_survey, vaxtkraft_worker, vaxtkraft_region, vaxtkraft_backup;

-- A new function may be executed by its owner until a migration says who else.
ALTER DEFAULT PRIVILEGES FOR ROLE vaxtkraft_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE vaxtkraft_owner REVOKE ALL ON TYPES FROM PUBLIC;

COMMIT;
