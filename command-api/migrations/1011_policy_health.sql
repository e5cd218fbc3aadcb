-- Whether a policy runs and whether it moves are two questions: a policy that runs records it every few seconds, also
-- while nothing happens.
ALTER TABLE command.policy_checkpoints ADD COLUMN heartbeat_at timestamptz;
