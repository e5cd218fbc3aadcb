-- What a policy could not react to yet. The checkpoint moves on over such an event, and the event becomes a row,
-- written in the same transaction. Later events of its key become rows behind it, so that the order within a key
-- is kept while all other keys go on.

CREATE TABLE command.policy_letters (
    policy          text COLLATE "C" NOT NULL,
    position        bigint      NOT NULL,
    -- The event's partition key.
    key             text COLLATE "C" NOT NULL,
    event_type      text        NOT NULL,
    -- retrying: the first of its key, tried again at next_attempt_at. parked: tried often enough, waits for an
    -- operator. waiting: behind another of its key. skipped: an operator gave it up; kept as a record.
    state           text        NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    -- Why the last attempt failed.
    error           text,
    -- Why an operator skipped it.
    skip_reason     text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT policy_letters_pkey PRIMARY KEY (policy, position),
    CONSTRAINT policy_letters_state_known CHECK (state IN ('retrying', 'parked', 'waiting', 'skipped')),
    CONSTRAINT policy_letters_attempts_not_negative CHECK (attempts >= 0),
    CONSTRAINT policy_letters_skipped_for_a_reason CHECK ((state = 'skipped') = (skip_reason IS NOT NULL))
);
CREATE INDEX policy_letters_key_idx ON command.policy_letters (policy, key, position) WHERE state <> 'skipped';
CREATE INDEX policy_letters_next_attempt_at_idx ON command.policy_letters (policy, next_attempt_at)
    WHERE state = 'retrying';
CREATE INDEX policy_letters_parked_idx ON command.policy_letters (policy, position) WHERE state = 'parked';

GRANT SELECT, INSERT, UPDATE, DELETE ON command.policy_letters TO waybill_app;

-- The event that this release cannot read because a newer one wrote it. It counts only while it is above the
-- checkpoint: a process of the newer release takes the policy past it.
ALTER TABLE command.policy_checkpoints
    ADD COLUMN stopped_position bigint,
    ADD COLUMN stop_reason      text,
    ADD CONSTRAINT policy_checkpoints_stop_has_reason
        CHECK ((stopped_position IS NULL) = (stop_reason IS NULL));
