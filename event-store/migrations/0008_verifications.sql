-- Verifications of the log that were requested while the services run: their progress, and what they found.
CREATE TABLE event_store.verifications (
    verification_id bigint GENERATED ALWAYS AS IDENTITY,
    requested_by    text        NOT NULL,
    started_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Renewed while the verification runs.
    seen_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    position        bigint      NOT NULL DEFAULT 0,
    head            bigint      NOT NULL,
    finished_at     timestamptz,
    -- What was found, or why the log could not be read to its end.
    report          json,
    error           text,
    CONSTRAINT verifications_pkey PRIMARY KEY (verification_id),
    CONSTRAINT verifications_outcome CHECK ((finished_at IS NULL) = (report IS NULL AND error IS NULL))
);
-- One at a time.
CREATE UNIQUE INDEX verifications_running_key ON event_store.verifications ((true)) WHERE finished_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON event_store.verifications TO waybill_app;

-- The erasures are listed without reading the whole log. Appends wait while the index is built.
CREATE INDEX events_erasures_idx ON event_store.events (position) WHERE event_type = 'PersonErasureRequested';
