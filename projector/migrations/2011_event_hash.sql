-- The hash of the event at the leader's position: another event there later means that the log was restored without its
-- tail.
ALTER TABLE read_model.leader ADD COLUMN event_hash bytea;

-- An operator restarts what has stopped for that reason.
ALTER TABLE read_model.operator_actions
    DROP CONSTRAINT operator_actions_subject,
    ADD CONSTRAINT operator_actions_subject CHECK (subject IN ('dead_letter', 'replay', 'consumer'));
