-- The event store: one table of immutable events, one row that is the head of the log.
--
-- Every writer goes through event_store.append, which locks the head row: positions are gapless and in
-- commit order, and checking versions is free of races. The role the services use may read, and call append.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'waybill_app') THEN
        CREATE ROLE waybill_app NOLOGIN;
    END IF;
EXCEPTION
    -- Roles belong to the whole cluster: another database's migration may have made it this very moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

CREATE SCHEMA event_store;
GRANT USAGE ON SCHEMA event_store TO waybill_app;

CREATE TABLE event_store.log_head (
    singleton boolean NOT NULL DEFAULT true,
    position  bigint  NOT NULL,
    CONSTRAINT log_head_pkey PRIMARY KEY (singleton),
    CONSTRAINT log_head_singleton CHECK (singleton)
);
INSERT INTO event_store.log_head (position) VALUES (0);

CREATE TABLE event_store.streams (
    stream_id   text COLLATE "C" NOT NULL,
    stream_type text COLLATE "C" NOT NULL,
    version     bigint           NOT NULL,
    hash        bytea            NOT NULL,
    CONSTRAINT streams_pkey PRIMARY KEY (stream_id),
    CONSTRAINT streams_version_positive CHECK (version > 0)
) WITH (fillfactor = 70);

CREATE TABLE event_store.events (
    position       bigint           NOT NULL,
    stream_id      text COLLATE "C" NOT NULL,
    version        bigint           NOT NULL,
    event_id       uuid             NOT NULL,
    event_type     text COLLATE "C" NOT NULL,
    schema_version smallint         NOT NULL,
    partition_key  text COLLATE "C" NOT NULL,
    -- json, not jsonb: the hash chain is over the text as written, and json keeps it (and inserts faster).
    payload        json             NOT NULL,
    metadata       json             NOT NULL,
    occurred_at    timestamptz      NOT NULL,
    recorded_at    timestamptz      NOT NULL,
    hash           bytea            NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (position),
    CONSTRAINT events_stream_id_version_key UNIQUE (stream_id, version)
);

CREATE TABLE event_store.commands (
    idempotency_key text COLLATE "C" NOT NULL,
    request_hash    bytea            NOT NULL,
    stream_id       text COLLATE "C" NOT NULL,
    version         bigint           NOT NULL,
    position        bigint           NOT NULL,
    recorded_at     timestamptz      NOT NULL,
    CONSTRAINT commands_pkey PRIMARY KEY (idempotency_key)
);

-- One key per person; personal data in events is encrypted with it. Deleting the row erases the person.
CREATE TABLE event_store.subject_keys (
    subject_id  uuid        NOT NULL,
    wrapped_key bytea       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT subject_keys_pkey PRIMARY KEY (subject_id)
);

CREATE FUNCTION event_store.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are never changed or deleted' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER events_immutable BEFORE UPDATE OR DELETE ON event_store.events
    FOR EACH ROW EXECUTE FUNCTION event_store.refuse_change();
CREATE TRIGGER events_never_truncated BEFORE TRUNCATE ON event_store.events
    FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_change();

-- Appends the events of many commands, each accepted or rejected by itself, in one statement.
--
-- p_streams_*   every stream of the batch once: the version the first command expects of it, and the version
--               and hash it has after the last one.
-- p_claims_*    which command (from 1) touches which stream (from 1), and whether it writes to it.
-- p_keys_*      idempotency keys of the commands that have one, and the answer to keep with them, unless the
--               key is only looked up (its stream is NULL). The answer's position is that of the command's
--               last event, the p_keys_last_event-th of the batch.
-- p_events_*    the events, by command.
-- p_subjects_*  keys of new persons.
--
-- Returns one row (command 0) with the head before the append, and one row for each rejected command, with
-- the stored answer where its key was used before. Accepted events stand from head + 1 on, in their order.
--
-- A stream that is not at the expected version rejects the commands that touch it. A rejected command takes
-- with it whoever shares a stream that it writes to, for they were decided on what it would have written.
CREATE FUNCTION event_store.append(
    p_streams_id text[], p_streams_type text[], p_streams_expected bigint[], p_streams_version bigint[],
    p_streams_hash bytea[],
    p_claims_command int[], p_claims_stream int[], p_claims_writes boolean[],
    p_keys_command int[], p_keys_key text[], p_keys_request_hash bytea[], p_keys_stream_id text[],
    p_keys_version bigint[], p_keys_last_event bigint[],
    p_events_command int[], p_events_stream_id text[], p_events_version bigint[], p_events_id uuid[],
    p_events_type text[], p_events_schema_version smallint[], p_events_partition_key text[],
    p_events_payload text[], p_events_metadata text[], p_events_occurred_at timestamptz[], p_events_hash bytea[],
    p_subjects_command int[], p_subjects_id uuid[], p_subjects_wrapped_key bytea[]
) RETURNS TABLE (command int, position_ bigint, stream_id_ text, version_ bigint, request_hash_ bytea)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = event_store, pg_temp
-- The plans are made once, when the tables may still be empty; they must be those of full tables.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
-- Compiling the statements costs a hundred times what they do.
SET jit = off
AS $$
DECLARE
    head        bigint;
    appended    bigint;
    written     bigint;
    stored_at   timestamptz;
    stale       int[];
    duplicates  int[];
    rejected    int[] := '{}';   -- commands
    bad         int[] := '{}';   -- streams
    grown       int[];
    skipped     bigint[] := '{}'; -- events, by their place in the batch
BEGIN
    SELECT l.position INTO STRICT head FROM log_head AS l FOR UPDATE;
    stored_at := clock_timestamp();

    SELECT array_agg(s.ordinality::int) INTO stale
    FROM unnest(p_streams_id, p_streams_expected) WITH ORDINALITY AS s (stream_id, expected, ordinality)
    LEFT JOIN streams AS t ON t.stream_id = s.stream_id
    WHERE coalesce(t.version, 0) <> s.expected;

    SELECT array_agg(k.command) INTO duplicates
    FROM unnest(p_keys_command, p_keys_key) AS k (command, key)
    JOIN commands AS c ON c.idempotency_key = k.key;

    IF stale IS NOT NULL OR duplicates IS NOT NULL THEN
        bad := coalesce(stale, '{}');
        duplicates := coalesce(duplicates, '{}');
        LOOP
            SELECT coalesce(array_agg(DISTINCT c.command), '{}') INTO rejected
            FROM unnest(p_claims_command, p_claims_stream) AS c (command, stream)
            WHERE c.stream = ANY (bad) OR c.command = ANY (duplicates);
            SELECT coalesce(array_agg(DISTINCT c.stream), '{}') INTO grown
            FROM unnest(p_claims_command, p_claims_stream, p_claims_writes) AS c (command, stream, writes)
            WHERE c.stream = ANY (bad) OR (c.writes AND c.command = ANY (rejected));
            EXIT WHEN cardinality(grown) = cardinality(bad);
            bad := grown;
        END LOOP;
        SELECT coalesce(array_agg(e.ordinality), '{}') INTO skipped
        FROM unnest(p_events_command) WITH ORDINALITY AS e (command, ordinality)
        WHERE e.command = ANY (rejected);
    END IF;

    INSERT INTO events (position, stream_id, version, event_id, event_type, schema_version, partition_key,
                        payload, metadata, occurred_at, recorded_at, hash)
    SELECT head + row_number() OVER (ORDER BY e.ordinality), e.stream_id, e.version, e.event_id, e.event_type,
           e.schema_version, e.partition_key, e.payload::json, e.metadata::json, e.occurred_at, stored_at, e.hash
    FROM unnest(p_events_command, p_events_stream_id, p_events_version, p_events_id, p_events_type,
                p_events_schema_version, p_events_partition_key, p_events_payload, p_events_metadata,
                p_events_occurred_at, p_events_hash)
         WITH ORDINALITY AS e (command, stream_id, version, event_id, event_type, schema_version,
                               partition_key, payload, metadata, occurred_at, hash, ordinality)
    WHERE e.command <> ALL (rejected)
    ORDER BY e.ordinality;
    GET DIAGNOSTICS appended = ROW_COUNT;

    IF appended > 0 THEN
        INSERT INTO streams (stream_id, stream_type, version, hash)
        SELECT s.stream_id, s.stream_type, s.version, s.hash
        FROM unnest(p_streams_id, p_streams_type, p_streams_expected, p_streams_version, p_streams_hash)
             WITH ORDINALITY AS s (stream_id, stream_type, expected, version, hash, ordinality)
        WHERE s.version > s.expected AND s.ordinality <> ALL (bad)
        ON CONFLICT (stream_id) DO UPDATE SET version = excluded.version, hash = excluded.hash;

        UPDATE log_head SET position = head + appended;
        GET DIAGNOSTICS written = ROW_COUNT;
        IF written <> 1 THEN
            RAISE EXCEPTION 'the log has no head row';
        END IF;
        PERFORM pg_notify('waybill_events', (head + appended)::text);
    END IF;

    INSERT INTO commands (idempotency_key, request_hash, stream_id, version, position, recorded_at)
    SELECT k.key, k.request_hash, k.stream_id, k.version,
           head + k.last_event - (SELECT count(*) FROM unnest(skipped) AS s (event) WHERE s.event <= k.last_event),
           stored_at
    FROM unnest(p_keys_command, p_keys_key, p_keys_request_hash, p_keys_stream_id, p_keys_version,
                p_keys_last_event)
         AS k (command, key, request_hash, stream_id, version, last_event)
    WHERE k.command <> ALL (rejected) AND k.stream_id IS NOT NULL;

    INSERT INTO subject_keys (subject_id, wrapped_key)
    SELECT s.subject_id, s.wrapped_key
    FROM unnest(p_subjects_command, p_subjects_id, p_subjects_wrapped_key) AS s (command, subject_id, wrapped_key)
    WHERE s.command <> ALL (rejected);

    RETURN QUERY
    SELECT 0, head, NULL::text, NULL::bigint, NULL::bytea
    UNION ALL
    SELECT r.command, c.position, c.stream_id, c.version, c.request_hash
    FROM unnest(rejected) AS r (command)
    LEFT JOIN unnest(p_keys_command, p_keys_key) AS k (command, key) ON k.command = r.command
    LEFT JOIN commands AS c ON c.idempotency_key = k.key AND r.command = ANY (duplicates);
END $$;
REVOKE ALL ON FUNCTION event_store.append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event_store.append TO waybill_app;

-- The events of some streams after a version each, in order of stream and version.
CREATE FUNCTION event_store.read_streams(p_stream_ids text[], p_after_versions bigint[])
RETURNS SETOF event_store.events
LANGUAGE plpgsql STABLE
SET search_path = event_store, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
-- Compiling the statements costs a hundred times what they do.
SET jit = off
AS $$
BEGIN
    RETURN QUERY
    SELECT e.*
    FROM unnest(p_stream_ids, p_after_versions) AS s (stream_id, after_version)
    JOIN events AS e ON e.stream_id = s.stream_id AND e.version > s.after_version
    ORDER BY e.stream_id, e.version;
END $$;
REVOKE ALL ON FUNCTION event_store.read_streams FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event_store.read_streams TO waybill_app;

GRANT SELECT ON event_store.log_head, event_store.streams, event_store.events, event_store.commands TO waybill_app;
GRANT SELECT, INSERT, DELETE ON event_store.subject_keys TO waybill_app;
