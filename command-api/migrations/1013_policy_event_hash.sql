-- The hash of the event at read_position: another event there later means that the log was restored without its tail.
ALTER TABLE command.policy_checkpoints ADD COLUMN event_hash bytea;
