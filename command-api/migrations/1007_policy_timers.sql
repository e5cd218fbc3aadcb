-- A policy that acts later reads on past an event that is not due yet. Of the events between position and read_position,
-- those that were due at due_at are handled.
ALTER TABLE command.policy_checkpoints
    ADD COLUMN read_position bigint      NOT NULL DEFAULT 0,
    ADD COLUMN due_at        timestamptz NOT NULL DEFAULT 'epoch';
