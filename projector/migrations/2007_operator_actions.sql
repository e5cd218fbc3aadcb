-- What operators did with dead letters and replays. Rows are only added: the role of the services can't change them.
CREATE TABLE read_model.operator_actions (
    id      bigint           GENERATED ALWAYS AS IDENTITY,
    at      timestamptz      NOT NULL DEFAULT now(),
    -- An account, or the user of a terminal.
    by      text             NOT NULL,
    -- dead_letter or replay.
    subject text COLLATE "C" NOT NULL,
    -- The projection or policy.
    name    text COLLATE "C" NOT NULL,
    verb    text COLLATE "C" NOT NULL,
    reason  text,
    -- What it was done to, and the result.
    detail  jsonb            NOT NULL DEFAULT '{}',
    CONSTRAINT operator_actions_pkey PRIMARY KEY (id),
    CONSTRAINT operator_actions_subject CHECK (subject IN ('dead_letter', 'replay'))
);
GRANT SELECT, INSERT ON read_model.operator_actions TO waybill_app;

-- How often a parked event was tried, and when last; 0 while it only waits behind another. The shadows of replays have
-- the same columns.
DO $$
DECLARE
    in_schema text;
BEGIN
    FOR in_schema IN
        SELECT table_schema FROM information_schema.tables
        WHERE table_name = 'dead_letters' AND (table_schema = 'read_model' OR starts_with(table_schema, 'read_model_'))
    LOOP
        EXECUTE format('ALTER TABLE %I.dead_letters ADD COLUMN attempts integer NOT NULL DEFAULT 0, '
                       'ADD COLUMN last_attempt_at timestamptz', in_schema);
        EXECUTE format('UPDATE %I.dead_letters SET attempts = 1, last_attempt_at = parked_at WHERE state <> ''waiting''',
                       in_schema);
    END LOOP;
END $$;
