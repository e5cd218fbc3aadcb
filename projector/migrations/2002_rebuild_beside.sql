-- Projections are rebuilt beside the ones that run, each by itself (docs/adr/0006-projection-rebuild.md).

-- Where the leading projector stands. One row: every batch compares and sets its position, which fences a
-- projector that no longer leads.
CREATE TABLE read_model.leader (
    only_row     boolean     NOT NULL DEFAULT true,
    -- Everything up to here is in the tables of every current projection, and in the changes.
    position     bigint      NOT NULL,
    -- Where the consumer stands in the partitions of the log.
    offsets      jsonb       NOT NULL DEFAULT '{}',
    -- When the position last moved.
    moved_at     timestamptz NOT NULL DEFAULT now(),
    -- When the leader last said that it runs, whether or not there was work. None: none has led yet.
    heartbeat_at timestamptz,
    CONSTRAINT leader_pkey PRIMARY KEY (only_row),
    CONSTRAINT leader_only_row CHECK (only_row),
    CONSTRAINT leader_position_not_negative CHECK (position >= 0)
) WITH (fillfactor = 50);
INSERT INTO read_model.leader (position, offsets)
SELECT COALESCE((SELECT MAX(position) FROM read_model.checkpoints), 0),
       COALESCE((SELECT offsets FROM read_model.checkpoints ORDER BY position DESC LIMIT 1), '{}');

-- The consumer's place is the leader's. A projector of the release before stops at the missing column, so that
-- it cannot move the checkpoints away from the leader's position.
ALTER TABLE read_model.checkpoints DROP COLUMN offsets;
-- An epoch is the identity of a log, and of nothing else.
ALTER TABLE read_model.checkpoints RENAME COLUMN parking_epoch TO parking_revision;

-- The rebuilds that are wanted or under way. A row is removed by the switch to the rebuilt tables.
CREATE TABLE read_model.rebuilds (
    projection   text COLLATE "C" NOT NULL,
    -- Why: requested, new, code_version or position.
    reason       text COLLATE "C" NOT NULL,
    requested_at timestamptz      NOT NULL DEFAULT now(),
    -- None until the first table is made.
    started_at   timestamptz,
    -- The code that fills the tables; 0 until it has started.
    code_version integer          NOT NULL DEFAULT 0,
    -- Everything up to here is in the tables being filled.
    position     bigint           NOT NULL DEFAULT 0,
    -- Why the last attempt failed, if it did.
    error        text,
    CONSTRAINT rebuilds_pkey PRIMARY KEY (projection),
    CONSTRAINT rebuilds_reason CHECK (reason IN ('requested', 'new', 'code_version', 'position')),
    CONSTRAINT rebuilds_position_not_negative CHECK (position >= 0)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON read_model.leader, read_model.rebuilds TO waybill_app;

-- The functions below run with the rights of the schemas' owner, because the role of the services may create
-- nothing. They are all it gets: schemas whose name begins with `read_model_`, tables that are copies of the live
-- ones, and putting such a copy in the place of its original. All of it can be made again from the log.

CREATE FUNCTION read_model.check_copy_name(schema_name text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF schema_name IS NULL OR schema_name !~ '^read_model_[a-z0-9_]{1,50}$' THEN
        RAISE EXCEPTION '"%" is not a name for a schema of rebuilt read models', schema_name
            USING ERRCODE = 'invalid_schema_name';
    END IF;
END $$;

-- Makes schema `to_schema` anew, with empty copies of tables of `read_model`: columns, constraints, indexes under
-- the same names, and storage parameters, so that a copy can take the place of its original.
CREATE FUNCTION read_model.copy_tables(to_schema text, table_names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    table_name text;
    source     regclass;
    parameters text;
    addition   text;
BEGIN
    PERFORM read_model.check_copy_name(to_schema);
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', to_schema);
    EXECUTE format('CREATE SCHEMA %I', to_schema);
    FOREACH table_name IN ARRAY table_names LOOP
        source := format('read_model.%I', table_name)::regclass;
        SELECT COALESCE(' WITH (' || array_to_string(reloptions, ', ') || ')', '') INTO parameters
        FROM pg_class WHERE oid = source;
        EXECUTE format('CREATE TABLE %I.%I (LIKE %s INCLUDING ALL EXCLUDING INDEXES)%s',
                       to_schema, table_name, source, parameters);
        FOR addition IN
            SELECT format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s',
                          to_schema, table_name, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE conrelid = source AND contype IN ('p', 'u') ORDER BY conname
        LOOP
            EXECUTE addition;
        END LOOP;
        FOR addition IN
            SELECT replace(pg_get_indexdef(indexrelid), format(' ON %s ', source),
                           format(' ON %I.%I ', to_schema, table_name))
            FROM pg_index AS i
            WHERE indrelid = source
              AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u'))
            ORDER BY indexrelid
        LOOP
            EXECUTE addition;
        END LOOP;
    END LOOP;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO waybill_app', to_schema);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO waybill_app', to_schema);
END $$;

-- Puts the copies of `from_schema` in the place of the live tables, whose statistics they need before, and drops
-- the schema. Readers see the old or the new rows. Waits for the readers of the live tables: set a lock_timeout.
CREATE FUNCTION read_model.swap_in_tables(from_schema text, table_names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    table_name text;
BEGIN
    PERFORM read_model.check_copy_name(from_schema);
    FOREACH table_name IN ARRAY table_names LOOP
        EXECUTE format('DROP TABLE read_model.%I', table_name);
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA read_model', from_schema, table_name);
    END LOOP;
    EXECUTE format('DROP SCHEMA %I CASCADE', from_schema);
END $$;

-- Collects the planner's statistics of copies.
CREATE FUNCTION read_model.analyze_tables(in_schema text, table_names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    table_name text;
BEGIN
    PERFORM read_model.check_copy_name(in_schema);
    FOREACH table_name IN ARRAY table_names LOOP
        EXECUTE format('ANALYZE %I.%I', in_schema, table_name);
    END LOOP;
END $$;

CREATE FUNCTION read_model.drop_tables(in_schema text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM read_model.check_copy_name(in_schema);
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', in_schema);
END $$;

-- The columns of tables, as one text: equal where a copy still has the shape of its original.
CREATE FUNCTION read_model.table_shapes(in_schema text, table_names text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(format('%s.%s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull),
                      ', ' ORDER BY c.relname, a.attname)
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE n.nspname = in_schema AND c.relname = ANY (table_names)
$$;

REVOKE EXECUTE ON FUNCTION read_model.copy_tables, read_model.swap_in_tables, read_model.analyze_tables,
    read_model.drop_tables FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.copy_tables, read_model.swap_in_tables, read_model.analyze_tables,
    read_model.drop_tables TO waybill_app;
