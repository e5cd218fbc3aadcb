-- Replays: a projection is built anew beside the one that serves, and after the switch the tables that it replaced keep
-- following the log for a while (docs/adr/0008-replay.md).

-- The last replay of each projection.
CREATE TABLE read_model.replays (
    projection   text COLLATE "C"  NOT NULL,
    -- Identifies this replay: a process that still drives an earlier one of the projection changes nothing here.
    id           uuid              NOT NULL DEFAULT gen_random_uuid(),
    phase        text COLLATE "C"  NOT NULL,
    -- Why: requested, new, code_version or position.
    reason       text COLLATE "C"  NOT NULL,
    -- Whether it switches by itself when it has caught up, because the live rows cannot be continued.
    automatic    boolean           NOT NULL,
    requested_by text              NOT NULL,
    requested_at timestamptz       NOT NULL DEFAULT now(),
    -- Events per second at most; none for half of the time.
    throttle     integer,
    -- None until the first table is made.
    started_at   timestamptz,
    -- The process that drives it.
    owner        text,
    -- The code that fills the tables of the shadow; 0 until it has started.
    code_version integer           NOT NULL DEFAULT 0,
    -- Where building ends and catching up begins.
    target       bigint            NOT NULL DEFAULT 0,
    -- Everything up to here is in the tables of the shadow.
    position     bigint            NOT NULL DEFAULT 0,
    events_per_s double precision,
    -- Whether the shadow has tables. After the switch they are those that were live before.
    has_tables   boolean           NOT NULL DEFAULT false,
    -- What an operator wants done: verify, switch or roll_back; by whom; and the reason to accept differences.
    wanted       text COLLATE "C",
    wanted_by    text,
    accepted     text,
    -- Why the last wish could not be granted.
    refused      text,
    -- The comparison with the live tables.
    report       jsonb,
    switched_at  timestamptz,
    -- Until when the replaced tables are kept.
    kept_until   timestamptz,
    -- Why there are no replaced tables (any more).
    dropped      text,
    -- Why the last attempt failed, if it did.
    error        text,
    CONSTRAINT replays_pkey PRIMARY KEY (projection),
    CONSTRAINT replays_phase CHECK (phase IN ('building', 'catching_up', 'ready', 'verified', 'switched', 'paused',
                                              'failed', 'cancelled')),
    CONSTRAINT replays_reason CHECK (reason IN ('requested', 'new', 'code_version', 'position')),
    CONSTRAINT replays_wanted CHECK (wanted IN ('verify', 'switch', 'roll_back')),
    CONSTRAINT replays_throttle_positive CHECK (throttle > 0),
    CONSTRAINT replays_position_not_negative CHECK (position >= 0)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON read_model.replays TO waybill_app;

-- A rebuild of the release before begins anew, and still switches by itself, as whoever requested it expects.
INSERT INTO read_model.replays (projection, phase, reason, automatic, requested_by, requested_at)
SELECT projection, 'building', reason, true, 'an earlier release', requested_at FROM read_model.rebuilds;
DROP TABLE read_model.rebuilds;
DO $$
DECLARE
    left_over text;
BEGIN
    FOR left_over IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'read_model_rebuild_') LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', left_over);
    END LOOP;
END $$;

-- Exchanges tables of `with_schema` and the live ones. Readers see the old or the new rows. Waits for the readers of
-- either: set a lock_timeout. Runs with the owner's rights, like the functions beside it, and can do no more than they.
CREATE FUNCTION read_model.exchange_tables(with_schema text, table_names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    between    text := with_schema || '_x';
    table_name text;
BEGIN
    PERFORM read_model.check_copy_name(between);
    EXECUTE format('CREATE SCHEMA %I', between);
    FOREACH table_name IN ARRAY table_names LOOP
        EXECUTE format('ALTER TABLE read_model.%I SET SCHEMA %I', table_name, between);
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA read_model', with_schema, table_name);
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA %I', between, table_name, with_schema);
    END LOOP;
    EXECUTE format('DROP SCHEMA %I', between);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.exchange_tables FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.exchange_tables TO waybill_app;

-- How many bytes tables and their indexes take.
CREATE FUNCTION read_model.table_bytes(table_names text[]) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT COALESCE(SUM(pg_total_relation_size(c.oid)), 0)::bigint
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'read_model' AND c.relname = ANY (table_names)
$$;
