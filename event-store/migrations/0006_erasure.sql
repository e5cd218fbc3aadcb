-- Erasing a person: the key is deleted, and the person is remembered as erased, so that every process forgets the key.

CREATE TABLE event_store.erased_subjects (
    subject_id   uuid        NOT NULL,
    erased_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- The transaction that deleted the key.
    erased_by    xid8        NOT NULL DEFAULT pg_current_xact_id(),
    -- Whether the files that held the deleted rows were rewritten without them.
    is_rewritten boolean     NOT NULL DEFAULT false,
    CONSTRAINT erased_subjects_pkey PRIMARY KEY (subject_id)
);
CREATE INDEX erased_subjects_erased_at_idx ON event_store.erased_subjects (erased_at);
GRANT SELECT ON event_store.erased_subjects TO waybill_app;

-- The only way to delete a key. Repeating it changes nothing.
CREATE FUNCTION event_store.erase_subject(p_subject_id uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = event_store, pg_temp AS $$
    INSERT INTO event_store.erased_subjects (subject_id) VALUES (p_subject_id) ON CONFLICT DO NOTHING;
    DELETE FROM event_store.subject_keys WHERE subject_id = p_subject_id;
$$;
REVOKE ALL ON FUNCTION event_store.erase_subject FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event_store.erase_subject TO waybill_app;
REVOKE DELETE ON event_store.subject_keys FROM waybill_app;

-- Whether no transaction of this database can still see the rows that were deleted with this person, so that rewriting
-- a table drops them.
CREATE FUNCTION event_store.is_invisible(p_subject_id uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = event_store, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM event_store.erased_subjects AS e, pg_stat_activity AS a
        WHERE e.subject_id = p_subject_id AND a.datname = current_database()
          AND greatest(age(a.backend_xid), age(a.backend_xmin)) >= age(e.erased_by::xid));
$$;
REVOKE ALL ON FUNCTION event_store.is_invisible FROM PUBLIC;

-- The customer's account of an OrderPlaced; NULL for a guest. It searches the text: json operators refuse a payload with
-- the escape \u0000, and no such event could be appended. A quotation mark within a text is escaped, so that no text can
-- look like the member.
CREATE FUNCTION event_store.customer_of_order(p_payload json) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT substring(p_payload::text FROM '"account_id":"([0-9a-f-]{36})"')
$$;

-- The orders of a customer are found without a read model. Appends wait while the index is built.
CREATE INDEX events_order_customer_idx ON event_store.events (event_store.customer_of_order(payload), position)
    WHERE event_type = 'OrderPlaced';
