-- Tokens that must not be accepted although their session is gone: sessions of deleted accounts, and the orders of
-- erased guests, whose tokens name the order.
CREATE TABLE command.ended_tokens (
    id        uuid        NOT NULL,
    ends_at   timestamptz NOT NULL,
    CONSTRAINT ended_tokens_pkey PRIMARY KEY (id)
);
GRANT SELECT, INSERT, DELETE ON command.ended_tokens TO waybill_app;

-- Rewrites the files that held the key and the account of an erased person, so that the deleted rows are not even in
-- free space. Returns false as long as a transaction may still see the rows; try again then. Readers and writers of
-- both tables wait meanwhile, about 1 s per million persons.
CREATE FUNCTION command.rewrite_erased(p_subject_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = command, pg_temp SET lock_timeout = '1s' AS $$
DECLARE
    erased event_store.erased_subjects;
BEGIN
    SELECT * INTO erased FROM event_store.erased_subjects WHERE subject_id = p_subject_id;
    IF NOT FOUND OR erased.is_rewritten THEN
        RETURN FOUND;
    END IF;
    IF NOT event_store.is_invisible(p_subject_id) THEN
        RETURN false;
    END IF;
    CLUSTER event_store.subject_keys USING subject_keys_pkey;
    CLUSTER command.accounts USING accounts_pkey;
    UPDATE event_store.erased_subjects SET is_rewritten = true
    WHERE NOT is_rewritten AND erased_by <= erased.erased_by;
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION command.rewrite_erased FROM PUBLIC;
GRANT EXECUTE ON FUNCTION command.rewrite_erased TO waybill_app;

-- The planner's statistics hold samples of a column's values, also of deleted rows. Changing a column's type, even to the
-- same one, drops those that exist.
ALTER TABLE command.accounts
    ALTER COLUMN email TYPE text,
    ALTER COLUMN email SET STATISTICS 0,
    ALTER COLUMN email_lookup TYPE text COLLATE "C",
    ALTER COLUMN email_lookup SET STATISTICS 0,
    ALTER COLUMN name TYPE text,
    ALTER COLUMN name SET STATISTICS 0,
    ALTER COLUMN password_hash TYPE text,
    ALTER COLUMN password_hash SET STATISTICS 0;
